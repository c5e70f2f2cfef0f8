using System.Collections.Immutable;
using System.Text.Json;

namespace MemOS.Evaluation.Reports;

/// <summary>The result of a retrieval run. Its JSON form is stable: fields are added, never renamed.</summary>
public sealed record EvaluationReport
{
    /// <summary>The present version of the JSON form.</summary>
    public const int CurrentFormat = 2;

    /// <summary>The version of the form.</summary>
    public int Format { get; init; } = CurrentFormat;

    /// <summary>The run's name.</summary>
    public required string Name { get; init; }

    /// <summary>The data set.</summary>
    public required string Dataset { get; init; }

    /// <summary>Which of its conversations were taken: <c>all</c>, <c>dev</c>, <c>held-out</c>, or their names.</summary>
    public required string Selection { get; init; }

    /// <summary>How many made-up messages every vault held beside its conversation.</summary>
    public int Among { get; init; }

    /// <summary>The version of MemOS that was measured, with its commit where it was built from one.</summary>
    public string Version { get; init; } = "";

    /// <summary>When it began.</summary>
    public required DateTimeOffset RanAt { get; init; }

    /// <summary>The weights of the ranking.</summary>
    public JsonElement Options { get; init; }

    /// <summary>The metrics, in the order of all lists.</summary>
    public required ImmutableArray<string> Metrics { get; init; }

    /// <summary>The summaries: overall first, then each category.</summary>
    public required ImmutableArray<GroupSummary> Groups { get; init; }

    /// <summary>A summary of each conversation.</summary>
    public ImmutableArray<GroupSummary> Conversations { get; init; } = [];

    /// <summary>Sessions in a conversation, mean. Session metrics at or above this k say nothing.</summary>
    public double SessionsPerConversation { get; init; }

    /// <summary>Messages behind a hit, mean over the first ten hits of all questions; above 1 the rank metrics are not one message for each item.</summary>
    public double SourcesPerHit { get; init; }

    /// <summary>Questions that were left out, because the data set names no evidence for them.</summary>
    public int Skipped { get; init; }

    /// <summary>How fast it was.</summary>
    public required SpeedSummary Speed { get; init; }

    /// <summary>Each question's scores.</summary>
    public required ImmutableArray<QuestionScore> Questions { get; init; }

    /// <summary>The report as indented JSON with snake_case names.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, ReportJsonContext.Default.EvaluationReport);

    /// <summary>Reads a report from a file.</summary>
    /// <exception cref="MemOSException"><see cref="ErrorCodes.InvalidInput"/> when it is none, or one of another form.</exception>
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
