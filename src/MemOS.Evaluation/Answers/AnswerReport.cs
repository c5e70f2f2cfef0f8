using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using MemOS.Evaluation.Metrics;
using MemOS.Evaluation.Reports;
using MemOS.Evaluation.Reports.Html;

namespace MemOS.Evaluation.Answers;

/// <summary>The result of a run that answered and judged.</summary>
/// <param name="Run">What it was done with.</param>
/// <param name="Selection">Which conversations were taken.</param>
/// <param name="Systems">How each system did.</param>
/// <param name="Contests">The first system against each of the others.</param>
public sealed record AnswerReport(RunHeader Run, string Selection, ImmutableArray<AnswerSummary> Systems, ImmutableArray<AnswerContest> Contests)
{
    /// <summary>Sums up records.</summary>
    public static AnswerReport Of(RunHeader run, string selection, ImmutableArray<AnswerRecord> records)
    {
        IGrouping<string, AnswerRecord>[] systems = [.. records.GroupBy(record => record.System)];
        return new AnswerReport(run, selection, [.. systems.Select(Summarise)], [.. systems.Skip(1).Select(other => Compare(systems[0], other))]);
    }

    /// <summary>The report as indented JSON with snake_case names.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, ReportJsonContext.Default.AnswerReport);

    /// <summary>The report for a terminal.</summary>
    public string ToTable()
    {
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"{Run.Dataset} ({Selection}), answered by {Run.Model}, judged by {Run.JudgeModel}, {Run.Budget} tokens of context for memos and rag\n\n");
        text.Append(CultureInfo.InvariantCulture, $"{"system",-10}{"questions",10}{"score",8}   {"95 % interval",-16}{"refused",8}{"context",9}{"tokens in",11}{"tokens out",11}{"judge in",10}{"p50 ms",9}{"p95 ms",9}\n");
        foreach (AnswerSummary system in Systems)
        {
            string estimated = system.Answering.IsEstimated ? "~" : "";
            text.Append(CultureInfo.InvariantCulture, $"{system.System,-10}{system.Questions,10}{system.Score,8:F3}   {$"{system.Low:F3} - {system.High:F3}",-16}{system.Refusals,8}{system.ContextTokens,9:F0}");
            text.Append(CultureInfo.InvariantCulture, $"{estimated + system.Answering.Input,11}{estimated + system.Answering.Output,11}{system.Judging.Input,10}{system.P50Ms,9:F0}{system.P95Ms,9:F0}\n");
        }

        text.Append('\n');
        foreach (string category in Categories())
        {
            text.Append(CultureInfo.InvariantCulture, $"{category,-28}{string.Join("  ", Systems.Select(system => $"{system.System} {Value(system, category)}"))}\n");
        }

        foreach (AnswerContest contest in Contests)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n{contest.System} against {contest.Other}: {contest.Wins} wins, {contest.Losses} losses, {contest.Ties} ties, {contest.Difference:+0.000;-0.000;0.000} ({contest.Low:+0.000;-0.000} .. {contest.High:+0.000;-0.000}), p {contest.Significance:F4}");
        }

        return text.Append('\n').ToString();
    }

    /// <summary>The report as a page with charts.</summary>
    public string ToPage()
    {
        Page page = new($"Answers on {Run.Dataset} ({Selection})");
        page.Paragraph(string.Create(CultureInfo.InvariantCulture, $"Answered by {Run.Model}, judged by {Run.JudgeModel}, {Run.Budget} tokens of context for memos and rag. Prompts {Run.Prompts}."));
        page.Chart("Score", [.. Systems.Select(system => new Bar($"{system.System} ({system.Questions})", system.Score, system.Low, system.High))]);
        page.Heading("By category");
        page.Table(["", .. Systems.Select(system => system.System)], Categories().Select(category => (IReadOnlyList<string>)[category, .. Systems.Select(system => Value(system, category))]));
        page.Heading("Systems");
        page.Table(["", "refused", "context tokens", "tokens in", "tokens out", "p50 ms", "p95 ms"], Systems.Select(system => (IReadOnlyList<string>)
        [
            system.System, .. new object[] { system.Refusals, Math.Round(system.ContextTokens), system.Answering.Input, system.Answering.Output, system.P50Ms, system.P95Ms }
                .Select(value => string.Create(CultureInfo.InvariantCulture, $"{value}")),
        ]));
        page.Heading("Side by side, question by question");
        page.Table(["", "wins", "losses", "ties", "difference", "p"], Contests.Select(contest => (IReadOnlyList<string>)
        [
            $"{contest.System} against {contest.Other}", .. new object[] { contest.Wins, contest.Losses, contest.Ties, Math.Round(contest.Difference, 3), Math.Round(contest.Significance, 4) }
                .Select(value => string.Create(CultureInfo.InvariantCulture, $"{value}")),
        ]));
        return page.ToString();
    }

    private string[] Categories() => [.. Systems.SelectMany(system => system.Categories.Keys).Distinct().Order(StringComparer.Ordinal)];

    private static string Value(AnswerSummary system, string category) =>
        system.Categories.TryGetValue(category, out double score) ? score.ToString("F3", CultureInfo.InvariantCulture) : "-";

    private static AnswerSummary Summarise(IGrouping<string, AnswerRecord> system)
    {
        AnswerRecord[] records = [.. system];
        ConfidenceInterval score = Bootstrap.Mean([.. records.Select(record => record.Score)]);
        double[] times = [.. records.Where(record => record.Refusal is null).Select(record => record.Milliseconds).Order()];
        return new AnswerSummary(
            system.Key, records.Length, score.Mean, score.Low, score.High, records.Count(record => record.Refusal is not null), records.Average(record => record.ContextTokens),
            records.Aggregate(default(TokenUsage), (sum, record) => sum.Add(record.Answering)), records.Aggregate(default(TokenUsage), (sum, record) => sum.Add(record.Judging)),
            Percentiles.Of(times, 0.5), Percentiles.Of(times, 0.95),
            records.GroupBy(record => record.Category).ToImmutableSortedDictionary(group => group.Key, group => group.Average(record => record.Score), StringComparer.Ordinal));
    }

    private static AnswerContest Compare(IGrouping<string, AnswerRecord> one, IGrouping<string, AnswerRecord> other)
    {
        Dictionary<(string, string), double> scores = other.ToDictionary(record => (record.Conversation, record.Question), record => record.Score);
        double[] differences = [.. one.Where(record => scores.ContainsKey((record.Conversation, record.Question))).Select(record => record.Score - scores[(record.Conversation, record.Question)])];
        ConfidenceInterval interval = Bootstrap.Mean(differences);
        return new AnswerContest(
            one.Key, other.Key, differences.Count(difference => difference > 0), differences.Count(difference => difference < 0), differences.Count(difference => difference == 0),
            interval.Mean, interval.Low, interval.High, PairedTests.Permutation(differences));
    }
}
