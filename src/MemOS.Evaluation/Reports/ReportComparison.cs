using System.Collections.Immutable;
using System.Text.Json;
using MemOS.Evaluation.Metrics;

namespace MemOS.Evaluation.Reports;

/// <summary>Two runs compared on the questions that both have.</summary>
/// <param name="Before">The first run's name.</param>
/// <param name="After">The second run's name.</param>
/// <param name="Questions">The questions in common.</param>
/// <param name="Unmatched">The questions that only one of them has; they are left out.</param>
/// <param name="Metrics">The metrics that both have.</param>
public sealed record ReportComparison(string Before, string After, int Questions, int Unmatched, ImmutableArray<MetricComparison> Metrics)
{
    /// <summary>Compares two runs: paired by question, so that what makes a question hard falls out.</summary>
    /// <exception cref="MemOSException"><see cref="ErrorCodes.InvalidInput"/> when they have no question in common.</exception>
    public static ReportComparison Of(EvaluationReport before, EvaluationReport after)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        Dictionary<(string, int), QuestionScore> others = after.Questions.ToDictionary(question => (question.Conversation, question.Index));
        (QuestionScore Before, QuestionScore After)[] pairs = [.. before.Questions
            .Where(question => others.ContainsKey((question.Conversation, question.Index)))
            .Select(question => (question, others[(question.Conversation, question.Index)]))];
        if (pairs.Length == 0)
        {
            throw new MemOSException(ErrorCodes.InvalidInput, "The two reports have no question in common: they are of different data.");
        }

        IEnumerable<MetricComparison> metrics = before.Metrics.Where(metric => after.Metrics.Contains(metric)).Select(metric =>
        {
            int left = before.Metrics.IndexOf(metric);
            int right = after.Metrics.IndexOf(metric);
            double[] differences = [.. pairs.Select(pair => pair.After.Scores[right] - pair.Before.Scores[left])];
            ConfidenceInterval interval = Bootstrap.Mean(differences);
            return new MetricComparison(
                metric, pairs.Average(pair => pair.Before.Scores[left]), pairs.Average(pair => pair.After.Scores[right]),
                interval.Mean, interval.Low, interval.High, Bootstrap.SignificanceOfMean(differences));
        });
        return new ReportComparison(
            before.Name, after.Name, pairs.Length, before.Questions.Length + after.Questions.Length - (2 * pairs.Length), [.. metrics]);
    }

    /// <summary>The comparison as indented JSON with snake_case names.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, ReportJsonContext.Default.ReportComparison);
}
