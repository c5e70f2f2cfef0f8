using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace MemOS.Evaluation.Reports;

/// <summary>Reports as plain text for a terminal or a log.</summary>
public static class ReportTable
{
    private const int First = 24;

    private static readonly string[] AblationMetrics = ["r@1", "r@5", "r@10", "recall_all@10", "mrr", "ndcg@10"];

    /// <summary>A table of the metrics by category with the overall confidence intervals, one of the main metrics by conversation, and the speeds.</summary>
    public static string Of(EvaluationReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"{report.Name}: {report.Dataset} ({report.Selection}), {report.Questions.Length} questions{(report.Among > 0 ? string.Create(CultureInfo.InvariantCulture, $" among {report.Among} made-up messages") : "")}");
        text.Append(CultureInfo.InvariantCulture, $", {report.Skipped} without evidence left out, {report.Speed.Messages} messages, {report.Speed.Cubes} cubes\n\n");
        text.Append("metric".PadRight(First)).Append("95 % interval".PadLeft(16));
        AppendRow(text, [.. report.Groups.Select(group => Cut(group.Group))]);
        text.Append("questions".PadRight(First + 16));
        AppendRow(text, [.. report.Groups.Select(group => group.Questions.ToString(CultureInfo.InvariantCulture))]);
        for (int i = 0; i < report.Metrics.Length; i++)
        {
            MetricSummary overall = report.Groups[0].Metrics[i];
            text.Append(report.Metrics[i].PadRight(First)).Append(CultureInfo.InvariantCulture, $"{(overall.Questions == 0 ? "-" : $"{overall.Low:F3} - {overall.High:F3}"),16}");
            AppendRow(text, [.. report.Groups.Select(group => Value(group.Metrics[i]))]);
        }

        if (report.Conversations.Length is > 1 and <= 20)
        {
            text.Append('\n').Append("conversation".PadRight(First));
            ImmutableArray<int> shown = [.. report.Metrics.Select((_, index) => index).Where(index => Array.IndexOf(AblationMetrics, report.Metrics[index]) >= 0)];
            AppendRow(text, ["questions", .. shown.Select(index => report.Metrics[index])]);
            foreach (GroupSummary conversation in report.Conversations)
            {
                text.Append(conversation.Group.PadRight(First));
                AppendRow(text, [conversation.Questions.ToString(CultureInfo.InvariantCulture), .. shown.Select(index => Value(conversation.Metrics[index]))]);
            }
        }

        SpeedSummary speed = report.Speed;
        text.Append(CultureInfo.InvariantCulture, $"""

            sessions          {report.SessionsPerConversation:F1} a conversation; session metrics at or above this k say nothing
            sources per hit   {report.SourcesPerHit:F2}
            ingest            {speed.IngestMessagesPerSecond:F0} messages/s, durable; jobs afterwards {speed.SettleSeconds:F1} s
            open and index    {speed.OpenP50Ms:F1} ms median, {speed.OpenMaxMs:F1} ms at most
            recall            {speed.RecallP50Ms:F2} ms p50, {speed.RecallP95Ms:F2} ms p95
            on disk           {speed.Bytes / 1048576.0:F1} MiB

            """);
        return text.ToString();
    }

    /// <summary>A table of the differences.</summary>
    public static string Of(ReportComparison comparison)
    {
        ArgumentNullException.ThrowIfNull(comparison);
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"{comparison.Before} -> {comparison.After}: {comparison.Questions} questions in common, {comparison.Unmatched} left out\n\n");
        text.Append("metric".PadRight(First));
        text.Append("   before    after  difference       95 % interval   wins losses   ties       p  sign p\n");
        foreach (MetricComparison metric in comparison.Metrics)
        {
            string interval = string.Create(CultureInfo.InvariantCulture, $"{metric.Low:+0.000;-0.000} .. {metric.High:+0.000;-0.000}");
            text.Append(metric.Metric.PadRight(First));
            text.Append(CultureInfo.InvariantCulture, $"{metric.Before,9:F3}{metric.After,9:F3}{metric.Difference,12:+0.000;-0.000;0.000}{interval,20}");
            text.Append(CultureInfo.InvariantCulture, $"{metric.Wins,7}{metric.Losses,7}{metric.Ties,7}{metric.Significance,8:F4}{metric.SignSignificance,8:F4}\n");
        }

        return text.ToString();
    }

    /// <summary>A table of an ablation: the first report has everything, each of the others lacks one part.</summary>
    public static string OfAblation(IReadOnlyList<EvaluationReport> reports)
    {
        ArgumentNullException.ThrowIfNull(reports);
        EvaluationReport all = reports[0];
        string[] metrics = [.. AblationMetrics.Where(all.Metrics.Contains), .. all.Metrics.Where(metric => metric.EndsWith("_tokens", StringComparison.Ordinal))];
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"{all.Dataset} ({all.Selection}), {all.Questions.Length} questions; change, wins, losses and p are of r@10 against all\n\n");
        text.Append("off".PadRight(First));
        AppendRow(text, [.. metrics.Select(Cut), "r@10 change", "wins", "losses", "p"]);
        foreach (EvaluationReport report in reports)
        {
            MetricComparison change = ReportComparison.Of(all, report).Metrics.Single(metric => metric.Metric == "r@10");
            text.Append(report.Name.PadRight(First));
            AppendRow(text,
            [
                .. metrics.Select(metric => Value(report.Groups[0].Metrics[report.Metrics.IndexOf(metric)])),
                change.Difference.ToString("+0.0000;-0.0000;0", CultureInfo.InvariantCulture),
                change.Wins.ToString(CultureInfo.InvariantCulture),
                change.Losses.ToString(CultureInfo.InvariantCulture),
                change.Significance.ToString("F4", CultureInfo.InvariantCulture),
            ]);
        }

        return text.ToString();
    }

    private static void AppendRow(StringBuilder text, IReadOnlyList<string> cells)
    {
        foreach (string cell in cells)
        {
            text.Append(cell.PadLeft(14));
        }

        text.Append('\n');
    }

    private static string Value(MetricSummary metric) => metric.Questions == 0 ? "-" : metric.Mean.ToString("F3", CultureInfo.InvariantCulture);

    private static string Cut(string name) => name.Length <= 13 ? name : string.Concat(name.AsSpan(0, 12), "…");
}
