using System.Collections.Immutable;
using MemOS.Evaluation.Merges;
using MemOS.Models.BuiltIn;
using MemOS.Vaults;
using MemOS.Vaults.Sqlite;

namespace MemOS.Evaluation.Tests.Merges;

public sealed class MergeSuiteTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("memos-merges-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task The_built_in_cases_stay_within_the_published_rates()
    {
        ImmutableArray<MergeCase> cases = MergeCases.BuiltIn();
        Assert.True(cases.Length >= 200);
        Assert.Equal(cases.Length, cases.Select(each => (each.First, each.Second, each.ByOther, each.Days)).Distinct().Count());
        MergeReport report = await RunAsync(cases);
        Assert.True(report[MergeReport.OverMerge].Errors == 0, report.ToTable());
        Assert.True(report[MergeReport.UnderMerge].Rate <= 0.20, report.ToTable());
    }

    [Fact]
    public async Task Every_outcome_and_every_error_is_told_apart()
    {
        MergeReport report = await RunAsync(MergeCases.Parse("""
            # outcomes: joined, replaced, replaced, apart
            a	same	I live in Bergen.	I live in Bergen.
            a	update	I live in Bergen.	I live in Oslo.
            b	apart	I live in Bergen.	I live in Oslo.
            b	same	I live in Bergen.	It rains a lot here.	days=2 by=other
            b	differ	I love figs.	I love figs.
            """, "inline"));
        Assert.Equal(
            [MergeOutcome.Joined, MergeOutcome.Replaced, MergeOutcome.Replaced, MergeOutcome.Apart, MergeOutcome.Joined], report.Results.Select(result => result.Outcome));
        Assert.Equal([true, true, false, false, false], report.Results.Select(result => result.IsRight));
        Assert.Equal((3, 2), (report[MergeReport.OverMerge].Cases, report[MergeReport.OverMerge].Errors));
        Assert.Equal((3, 1), (report[MergeReport.UnderMerge].Cases, report[MergeReport.UnderMerge].Errors));
        Assert.Contains("\"outcome\": \"Replaced\"", report.ToJson(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("kind\tsame\tonly one")]
    [InlineData("kind\tperhaps\tone\ttwo")]
    [InlineData("kind\tsame\tone\ttwo\tdays=soon")]
    public void A_line_that_is_no_case_is_refused_by_its_number(string line) =>
        Assert.Contains("line 2", Assert.Throws<MemOSException>(() => MergeCases.Parse("# cases\n" + line, "file")).Message, StringComparison.Ordinal);

    private Task<MergeReport> RunAsync(IReadOnlyList<MergeCase> cases) =>
        new MergeSuite(new SqliteVaultEngine(_folder.FullName, null, TimeProvider.System), new MemoryVaultOptions { Embedder = WordNetEmbedder.Shared }).RunAsync(cases);
}
