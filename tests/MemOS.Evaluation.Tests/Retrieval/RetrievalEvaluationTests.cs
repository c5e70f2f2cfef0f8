using System.Collections.Immutable;
using MemOS.Evaluation.Datasets;
using MemOS.Evaluation.Datasets.LoCoMo;
using MemOS.Evaluation.Reports;
using MemOS.Evaluation.Retrieval;
using MemOS.Evaluation.Tests.Datasets.LoCoMo;
using MemOS.Models.BuiltIn;
using MemOS.Operator.Recall;
using MemOS.Vaults;
using MemOS.Vaults.Sqlite;
using Xunit;

namespace MemOS.Evaluation.Tests.Retrieval;

public sealed class RetrievalEvaluationTests : IDisposable
{
    private static readonly RankingVariant Default = new("memos", RecallOptions.Default);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("memos-locomo-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_small_conversation_is_stored_asked_about_and_reported()
    {
        MadeUpConversation.Write(Data, "1");
        MadeUpConversation.Write(Data, "2");
        EvaluationReport report = await RunOneAsync();
        Assert.Equal(8, report.Questions.Length);
        Assert.Equal(["overall", "multi-hop", "open-domain", "single-hop", "temporal"], report.Groups.Select(group => group.Group));
        Assert.Equal([8, 2, 2, 2, 2], report.Groups.Select(group => group.Questions));
        Assert.Equal(["1", "2"], report.Conversations.Select(group => group.Group));
        Assert.Equal([4, 4], report.Conversations.Select(group => group.Questions));
        Assert.Equal(12, report.Speed.Messages);
        Assert.Equal(2, report.SessionsPerConversation);
        Assert.Equal(1, Mean(report, "single-hop", "r@5")); // the cat, the vase: the words are in the message
        Assert.All(report.Groups.SelectMany(group => group.Metrics), metric => Assert.InRange(metric.Mean, metric.Low - 1e-9, metric.High + 1e-9));
    }

    [Fact]
    public async Task A_report_survives_its_JSON_form_and_differs_from_itself_in_nothing()
    {
        MadeUpConversation.Write(Data, "1");
        EvaluationReport report = await RunOneAsync();
        string path = Path.Combine(_folder.FullName, "report.json");
        await File.WriteAllTextAsync(path, report.ToJson());
        EvaluationReport read = await EvaluationReport.ReadAsync(path);
        Assert.Equal(report.ToJson(), read.ToJson());
        Assert.Contains("\"sources_per_hit\"", report.ToJson(), StringComparison.Ordinal);
        Assert.Contains("\"vector_weight\"", report.ToJson(), StringComparison.Ordinal);
        ReportComparison comparison = ReportComparison.Of(report, read);
        Assert.Equal(4, comparison.Questions);
        Assert.All(comparison.Metrics, metric => Assert.Equal(
            (0, 0, 0, metric.Metric.StartsWith("answer", StringComparison.Ordinal) ? 3 : 4, 1, 1), // the words of one answer do not stand in its evidence
            (metric.Difference, metric.Wins, metric.Losses, metric.Ties, metric.Significance, metric.SignSignificance)));
    }

    [Fact]
    public async Task Only_the_conversations_asked_for_are_taken()
    {
        MadeUpConversation.Write(Data, "26");
        MadeUpConversation.Write(Data, "42");
        EvaluationReport report = await RunOneAsync(new ConversationSelection { Split = DatasetSplit.HeldOut });
        Assert.Equal("held-out", report.Selection);
        Assert.Equal(["42"], report.Conversations.Select(group => group.Group));
        Assert.Equal(["26"], (await RunOneAsync(new ConversationSelection { Names = ["26"] })).Conversations.Select(group => group.Group));
        MemOSException none = await Assert.ThrowsAsync<MemOSException>(() => RunOneAsync(new ConversationSelection { Names = ["9"] }));
        Assert.Equal(ErrorCodes.InvalidInput, none.Code);
    }

    [Fact]
    public async Task Variants_are_asked_over_the_same_vaults_and_get_a_report_each()
    {
        MadeUpConversation.Write(Data, "1");
        ImmutableArray<EvaluationReport> reports = await RunAsync(new RetrievalOptions(), RankingOptions.Ablation(RecallOptions.Default));
        Assert.Equal(RankingOptions.Parts(RecallOptions.Default).Length + 1, reports.Length);
        Assert.All(reports, report => Assert.Equal(4, report.Questions.Length));
        Assert.Contains("- vector_weight", ReportTable.OfAblation(reports), StringComparison.Ordinal);
        Assert.Empty(Engine.List());
    }

    [Fact]
    public async Task Among_made_up_messages_the_same_questions_are_asked_and_the_report_says_so()
    {
        MadeUpConversation.Write(Data, "1");
        EvaluationReport report = Assert.Single(await RunAsync(new RetrievalOptions { Among = 300 }, [Default]));
        Assert.Equal((300, 4, 6), (report.Among, report.Questions.Length, report.Speed.Messages));
        Assert.True(report.Speed.Cubes >= 306);
        Assert.Contains("among 300 made-up messages", ReportTable.Of(report), StringComparison.Ordinal);
        Assert.Equal(1, Mean(report, "single-hop", "r@5"));
    }

    [Fact]
    public async Task A_vault_that_exists_is_not_mixed_into_the_measurement()
    {
        MadeUpConversation.Write(Data, "1");
        RetrievalOptions keep = new() { KeepVaults = true };
        await RunAsync(keep, [Default]);
        Assert.Equal(ErrorCodes.VaultExists, (await Assert.ThrowsAsync<MemOSException>(() => RunAsync(keep, [Default]))).Code);
    }

    private string Data => Directory.CreateDirectory(Path.Combine(_folder.FullName, "data")).FullName;

    private SqliteVaultEngine Engine => new(Path.Combine(_folder.FullName, "vaults"), null, TimeProvider.System);

    private async Task<EvaluationReport> RunOneAsync(ConversationSelection? selection = null) =>
        Assert.Single(await RunAsync(new RetrievalOptions { Selection = selection ?? ConversationSelection.All }, [Default]));

    private Task<ImmutableArray<EvaluationReport>> RunAsync(RetrievalOptions options, IReadOnlyList<RankingVariant> variants) =>
        new RetrievalEvaluation(Engine, new MemoryVaultOptions { Embedder = WordNetEmbedder.Shared }, options).RunAsync(new LoCoMoReader(), Data, variants);

    private static double Mean(EvaluationReport report, string group, string metric) =>
        report.Groups.Single(summary => summary.Group == group).Metrics.Single(summary => summary.Metric == metric).Mean;
}
