using System.Collections.Immutable;
using System.Globalization;

namespace MemOS.Evaluation.Reports.Html;

/// <summary>A retrieval report as a page with charts.</summary>
public static class ReportPage
{
    private const string Main = "r@10";

    /// <summary>The page, as HTML that stands alone.</summary>
    public static string Of(EvaluationReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        Page page = new($"{report.Name} on {report.Dataset} ({report.Selection})");
        page.Paragraph(string.Create(CultureInfo.InvariantCulture,
            $"{report.Questions.Length} questions{(report.Among > 0 ? $" among {report.Among} made-up messages" : "")}, {report.Skipped} without evidence left out; MemOS {report.Version}, {report.RanAt:yyyy-MM-dd HH:mm} UTC. Bars are means over questions, lines their 95 % bootstrap intervals."));
        page.Chart("All questions", Bars(report.Groups[0], report.Metrics.Where(metric => !metric.StartsWith("session_", StringComparison.Ordinal))));
        page.Chart("All questions, sessions in place of messages", Bars(report.Groups[0], report.Metrics.Where(metric => metric.StartsWith("session_", StringComparison.Ordinal))));
        page.Paragraph(string.Create(CultureInfo.InvariantCulture, $"{report.SessionsPerConversation:F1} sessions in a conversation: a session metric at or above this k says nothing."));
        page.Chart($"{Main} by category", Bars(report.Groups, report.Metrics.IndexOf(Main)));
        if (report.Conversations.Length is > 1 and <= 40)
        {
            page.Chart($"{Main} by conversation", Bars(report.Conversations, report.Metrics.IndexOf(Main)));
        }

        page.Heading("Every metric");
        page.Table(["", .. report.Groups.Select(group => group.Group)],
        [
            ["questions", .. report.Groups.Select(group => group.Questions.ToString(CultureInfo.InvariantCulture))],
            .. report.Metrics.Select((metric, index) => (IReadOnlyList<string>)[metric, .. report.Groups.Select(group => Value(group.Metrics[index]))]),
        ]);
        SpeedSummary speed = report.Speed;
        page.Heading("Speed");
        page.Table(["", ""],
        [
            ["messages stored", Number(speed.Messages, "F0")],
            ["ingest, durable, messages/s", Number(speed.IngestMessagesPerSecond, "F0")],
            ["jobs afterwards, s", Number(speed.SettleSeconds, "F1")],
            ["open and index, median, ms", Number(speed.OpenP50Ms, "F1")],
            ["recall p50, ms", Number(speed.RecallP50Ms, "F2")],
            ["recall p95, ms", Number(speed.RecallP95Ms, "F2")],
            ["on disk, MiB", Number(speed.Bytes / 1048576.0, "F1")],
        ]);
        page.Heading("Options of the ranking");
        page.Table(["", ""], report.Options.ValueKind is System.Text.Json.JsonValueKind.Object
            ? report.Options.EnumerateObject().Select(option => (IReadOnlyList<string>)[option.Name, option.Value.ToString()]) : []);
        return page.ToString();
    }

    private static Bar[] Bars(GroupSummary group, IEnumerable<string> metrics) =>
        [.. group.Metrics.Where(metric => metrics.Contains(metric.Metric) && metric.Questions > 0).Select(metric => new Bar(metric.Metric, metric.Mean, metric.Low, metric.High))];

    private static Bar[] Bars(ImmutableArray<GroupSummary> groups, int metric) => [.. groups.Where(group => group.Metrics[metric].Questions > 0).Select(group =>
        new Bar(string.Create(CultureInfo.InvariantCulture, $"{group.Group} ({group.Questions})"), group.Metrics[metric].Mean, group.Metrics[metric].Low, group.Metrics[metric].High))];

    private static string Value(MetricSummary metric) => metric.Questions == 0 ? "–" : string.Create(CultureInfo.InvariantCulture, $"{metric.Mean:F3} ({metric.Low:F3}–{metric.High:F3})");

    private static string Number(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
