using System.Collections.Immutable;
using System.Text.Json;

namespace MemOS.Evaluation.Reports;

/// <summary>The result of a run. Its JSON form is stable: fields are added, never renamed.</summary>
/// <param name="Format">The version of the form, 1.</param>
/// <param name="Name">The run's name.</param>
/// <param name="RanAt">When it began.</param>
/// <param name="Metrics">The metrics, in the order of all lists.</param>
/// <param name="Groups">The summaries: overall first, then each category.</param>
/// <param name="SourcesPerHit">Turns behind a hit, mean over the first ten hits of all questions; above 1 the rank metrics are not one turn per item.</param>
/// <param name="Speed">How fast it was.</param>
/// <param name="Questions">Each question's scores.</param>
public sealed record EvaluationReport(
    int Format,
    string Name,
    DateTimeOffset RanAt,
    ImmutableArray<string> Metrics,
    ImmutableArray<GroupSummary> Groups,
    double SourcesPerHit,
    SpeedSummary Speed,
    ImmutableArray<QuestionScore> Questions)
{
    /// <summary>The present version of the JSON form.</summary>
    public const int CurrentFormat = 1;

    /// <summary>The report as indented JSON with snake_case names.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, ReportJsonContext.Default.EvaluationReport);

    /// <summary>Reads a report from a file.</summary>
    /// <exception cref="MemOSException"><see cref="ErrorCodes.InvalidInput"/> when it is none, or one of a newer form.</exception>
    public static async Task<EvaluationReport> ReadAsync(string path, CancellationToken cancellationToken = default)
    {
        try
        {
            EvaluationReport? report = JsonSerializer.Deserialize(
                await File.ReadAllTextAsync(path, cancellationToken).ConfigureAwait(false), ReportJsonContext.Default.EvaluationReport);
            return report is { Format: CurrentFormat, Questions.IsDefault: false, Metrics.IsDefault: false }
                ? report
                : throw new MemOSException(ErrorCodes.InvalidInput, $"{path} is not an evaluation report of format {CurrentFormat}.");
        }
        catch (Exception exception) when (exception is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new MemOSException(ErrorCodes.InvalidInput, $"{path} cannot be read as an evaluation report: {exception.Message}", exception);
        }
    }
}
