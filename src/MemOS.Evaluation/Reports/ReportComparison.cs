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
        Dictionary<(string, string), QuestionScore> others = after.Questions.ToDictionary(question => (question.Conversation, question.Id));
        (QuestionScore Before, QuestionScore After)[] pairs = before.Dataset != after.Dataset ? [] : [.. before.Questions
            .Where(question => others.ContainsKey((question.Conversation, question.Id)))
            .Select(question => (question, others[(question.Conversation, question.Id)]))];
        if (pairs.Length == 0)
        {
            throw new MemOSException(ErrorCodes.InvalidInput, "The two reports have no question in common: they are of different data.");
        }

        IEnumerable<MetricComparison> metrics = before.Metrics.Where(metric => after.Metrics.Contains(metric)).Select(metric =>
        {
            int left = before.Metrics.IndexOf(metric);
            int right = after.Metrics.IndexOf(metric);
            return Compare(metric, [.. pairs
                .Where(pair => pair.Before.Scores[left] is not null && pair.After.Scores[right] is not null)
                .Select(pair => (pair.Before.Scores[left]!.Value, pair.After.Scores[right]!.Value))]); // both are there
        });
        return new ReportComparison(
            before.Name, after.Name, pairs.Length, before.Questions.Length + after.Questions.Length - (2 * pairs.Length), [.. metrics]);
    }

    /// <summary>The comparison as indented JSON with snake_case names.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, ReportJsonContext.Default.ReportComparison);

    private static MetricComparison Compare(string metric, (double Before, double After)[] pairs)
    {
        double[] differences = [.. pairs.Select(pair => pair.After - pair.Before)];
        ConfidenceInterval interval = Bootstrap.Mean(differences);
        int wins = differences.Count(difference => difference > 0);
        int losses = differences.Count(difference => difference < 0);
        return new MetricComparison(
            metric, pairs.Select(pair => pair.Before).DefaultIfEmpty().Average(), pairs.Select(pair => pair.After).DefaultIfEmpty().Average(),
            interval.Mean, interval.Low, interval.High, wins, losses, differences.Length - wins - losses,
            PairedTests.Permutation(differences), PairedTests.Sign(wins, losses));
    }
}
