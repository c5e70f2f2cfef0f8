using MemOS.Evaluation.LoCoMo;
using MemOS.Evaluation.Reports;
using MemOS.Vaults;
using MemOS.Vaults.Sqlite;
using Xunit;

namespace MemOS.Evaluation.Tests.LoCoMo;

public sealed class LoCoMoEvaluationTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("memos-locomo-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_small_conversation_is_stored_asked_about_and_reported()
    {
        MadeUpConversation.Write(Data, "1");
        MadeUpConversation.Write(Data, "2");
        EvaluationReport report = await Run();
        Assert.Equal(8, report.Questions.Length);
        Assert.Equal(["overall", "multi-hop", "temporal", "open-domain", "single-hop"], report.Groups.Select(group => group.Group));
        Assert.Equal([8, 2, 2, 2, 2], report.Groups.Select(group => group.Questions));
        Assert.Equal(12, report.Speed.Messages);
        Assert.Equal(1, Mean(report, "single-hop", "r@5")); // the cat, the vase: the words are in the turn
        Assert.All(report.Groups.SelectMany(group => group.Metrics), metric => Assert.InRange(metric.Mean, metric.Low - 1e-9, metric.High + 1e-9));
    }

    [Fact]
    public async Task A_report_survives_its_JSON_form_and_differs_from_itself_in_nothing()
    {
        MadeUpConversation.Write(Data, "1");
        EvaluationReport report = await Run();
        string path = Path.Combine(_folder.FullName, "report.json");
        await File.WriteAllTextAsync(path, report.ToJson());
        EvaluationReport read = await EvaluationReport.ReadAsync(path);
        Assert.Equal(report.ToJson(), read.ToJson());
        Assert.Contains("\"sources_per_hit\"", report.ToJson(), StringComparison.Ordinal);
        ReportComparison comparison = ReportComparison.Of(report, read);
        Assert.Equal(4, comparison.Questions);
        Assert.All(comparison.Metrics, metric => Assert.Equal((0, 0, 0, 1), (metric.Difference, metric.Low, metric.High, metric.Significance)));
    }

    [Fact]
    public async Task A_vault_that_exists_is_not_mixed_into_the_measurement()
    {
        MadeUpConversation.Write(Data, "1");
        await Run();
        Assert.Equal(ErrorCodes.VaultExists, (await Assert.ThrowsAsync<MemOSException>(Run)).Code);
    }

    [Fact]
    public async Task A_folder_without_conversations_is_refused() =>
        Assert.Equal(ErrorCodes.InvalidInput, (await Assert.ThrowsAsync<MemOSException>(Run)).Code);

    private string Data => Directory.CreateDirectory(Path.Combine(_folder.FullName, "data")).FullName;

    private Task<EvaluationReport> Run() => new LoCoMoEvaluation(
        new SqliteVaultEngine(Path.Combine(_folder.FullName, "vaults"), null, TimeProvider.System), new MemoryVaultOptions()).RunAsync(Data);

    private static double Mean(EvaluationReport report, string group, string metric) =>
        report.Groups.Single(summary => summary.Group == group).Metrics.Single(summary => summary.Metric == metric).Mean;
}
