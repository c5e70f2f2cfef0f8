using MemOS.Evaluation.Invariants;
using MemOS.Vaults.Sqlite;

namespace MemOS.Evaluation.Tests.Invariants;

public sealed class InvariantSuiteTests
{
    [Fact]
    public async Task The_five_invariants_of_regulated_memory_hold()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("memos-invariants-");
        try
        {
            InvariantReport report = await new InvariantSuite(folder.FullName, (path, clock) => new SqliteVaultEngine(path, null, clock)).RunAsync();
            Assert.Equal(["stale suppression", "point-in-time recall", "provable erasure", "no look-ahead", "audit of state"], report.Results.Select(result => result.Name));
            Assert.True(report.Holds, report.ToText());
            Assert.All(report.Results, result => Assert.NotEmpty(result.Observations));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
