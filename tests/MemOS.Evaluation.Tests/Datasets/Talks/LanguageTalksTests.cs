using System.Collections.Immutable;
using MemOS.Evaluation.Datasets.Talks;
using MemOS.Evaluation.Reports;
using MemOS.Evaluation.Retrieval;
using MemOS.Models.BuiltIn;
using MemOS.Operator.Recall;
using MemOS.Vaults;
using MemOS.Vaults.Sqlite;

namespace MemOS.Evaluation.Tests.Datasets.Talks;

/// <summary>Everyday talks in other languages than English, with floors under what recall finds in them.</summary>
public sealed class LanguageTalksTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("memos-languages-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("de", 0.60)]
    [InlineData("fr", 0.55)]
    [InlineData("es", 0.46)]
    [InlineData("zh", 0.48)]
    public async Task Evidence_is_among_the_first_ten(string language, double floor)
    {
        SqliteVaultEngine engine = new(_folder.FullName, null, TimeProvider.System);
        ImmutableArray<EvaluationReport> reports = await new RetrievalEvaluation(engine, new MemoryVaultOptions { Embedder = WordNetEmbedder.Shared }).RunAsync(
            new TalkReader(), Path.Combine(AppContext.BaseDirectory, "Datasets", "Talks", "Languages", language), [new RankingVariant("memos", RecallOptions.Default)]);
        EvaluationReport report = Assert.Single(reports);
        Assert.True(report.Questions.Length >= 60);
        Assert.Equal(3, report.Conversations.Length);
        double recall = report.Groups.Single(group => group.Group == "overall").Metrics.Single(metric => metric.Metric == "r@10").Mean;
        Assert.True(recall >= floor, $"{recall:F3}");
    }
}
