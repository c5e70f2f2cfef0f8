using System.Collections.Immutable;
using MemOS.Evaluation.Reports;
using Xunit;

namespace MemOS.Evaluation.Tests.Reports;

public sealed class ReportComparisonTests
{
    [Fact]
    public void Questions_are_paired_and_the_rest_is_counted()
    {
        EvaluationReport before = Report("a", ("x", "0", 0.0), ("x", "1", 0.5), ("x", "2", 1.0), ("x", "4", null));
        EvaluationReport after = Report("b", ("x", "2", 1.0), ("x", "1", 1.0), ("x", "3", 0.0), ("x", "4", 1.0));
        ReportComparison comparison = ReportComparison.Of(before, after);
        Assert.Equal(3, comparison.Questions);
        Assert.Equal(2, comparison.Unmatched);
        MetricComparison metric = Assert.Single(comparison.Metrics);
        Assert.Equal(0.75, metric.Before); // question 4 has no value in one of them
        Assert.Equal(1, metric.After);
        Assert.Equal(0.25, metric.Difference);
        Assert.InRange(metric.Low, 0, 0.25);
        Assert.InRange(metric.High, 0.25, 0.5);
        Assert.Equal((1, 0, 1), (metric.Wins, metric.Losses, metric.Ties));
        Assert.Equal(1, metric.SignSignificance);
        Assert.Contains("+0.250", ReportTable.Of(comparison), StringComparison.Ordinal);
    }

    [Fact]
    public void Reports_of_different_data_are_refused()
    {
        Assert.Throws<MemOSException>(() => ReportComparison.Of(Report("a", ("x", "0", 1.0)), Report("b", ("y", "0", 1.0))));
        Assert.Throws<MemOSException>(() => ReportComparison.Of(Report("a", ("x", "0", 1.0)), Report("b", ("x", "0", 1.0)) with { Dataset = "other" }));
    }

    private static EvaluationReport Report(string name, params (string Conversation, string Id, double? Score)[] questions) => new()
    {
        Name = name,
        Dataset = "made-up",
        Selection = "all",
        RanAt = DateTimeOffset.UnixEpoch,
        Metrics = ["r@1"],
        Groups = [],
        Speed = new SpeedSummary(0, 0, 0, 0, 0, 0, 0, 0, 0),
        Questions = [.. questions.Select(question => new QuestionScore(question.Conversation, question.Id, "x", ImmutableArray.Create(question.Score), [], []))],
    };
}
