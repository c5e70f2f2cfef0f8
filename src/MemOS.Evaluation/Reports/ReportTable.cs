using System.Globalization;
using System.Text;

namespace MemOS.Evaluation.Reports;

/// <summary>Reports as plain text for a terminal or a log.</summary>
public static class ReportTable
{
    /// <summary>A table of the metrics by group, with the overall confidence intervals, and the speeds.</summary>
    public static string Of(EvaluationReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"{report.Name}: {report.Questions.Length} questions, {report.Speed.Messages} messages, {report.Speed.Cubes} cubes\n\n");
        text.Append("metric".PadRight(16)).Append("95 % interval".PadLeft(16));
        foreach (GroupSummary group in report.Groups)
        {
            text.Append(group.Group.PadLeft(13));
        }

        text.Append('\n').Append("questions".PadRight(32));
        foreach (GroupSummary group in report.Groups)
        {
            text.Append(CultureInfo.InvariantCulture, $"{group.Questions,13}");
        }

        text.Append('\n');
        for (int i = 0; i < report.Metrics.Length; i++)
        {
            MetricSummary overall = report.Groups[0].Metrics[i];
            text.Append(report.Metrics[i].PadRight(16)).Append(CultureInfo.InvariantCulture, $"{$"{overall.Low:F3} - {overall.High:F3}",16}");
            foreach (GroupSummary group in report.Groups)
            {
                text.Append(CultureInfo.InvariantCulture, $"{group.Metrics[i].Mean,13:F3}");
            }

            text.Append('\n');
        }

        SpeedSummary speed = report.Speed;
        text.Append(CultureInfo.InvariantCulture, $"""

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
        text.Append("metric".PadRight(16)).Append("before".PadLeft(9)).Append("after".PadLeft(9)).Append("difference".PadLeft(12)).Append("95 % interval".PadLeft(20)).Append("p".PadLeft(8)).Append('\n');
        foreach (MetricComparison metric in comparison.Metrics)
        {
            string interval = string.Create(CultureInfo.InvariantCulture, $"{metric.Low:+0.000;-0.000} .. {metric.High:+0.000;-0.000}");
            text.Append(metric.Metric.PadRight(16)).Append(CultureInfo.InvariantCulture, $"{metric.Before,9:F3}{metric.After,9:F3}{metric.Difference,12:+0.000;-0.000;0.000}{interval,20}{metric.Significance,8:F3}\n");
        }

        return text.ToString();
    }
}
