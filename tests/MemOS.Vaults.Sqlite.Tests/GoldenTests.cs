using MemOS.Testing.Vaults;
using Xunit;

namespace MemOS.Vaults.Sqlite.Tests;

/// <summary>
/// Files that earlier releases wrote stay readable. A sample is made once for each format, and never again, by
/// <c>dotnet run --project tests/MemOS.Vaults.Sqlite.CrashWriter -- golden FOLDER</c>, which also writes the answers that it gave when it was new.
/// </summary>
public sealed class GoldenTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task A_vault_of_every_format_is_read_as_it_was_written(int format)
    {
        string golden = Path.Combine(AppContext.BaseDirectory, "Golden");
        using var folder = new TemporaryFolder();
        VaultFolder vault = folder.Vault("golden");
        Directory.CreateDirectory(vault.Path);
        File.Copy(Path.Combine(golden, $"format-{format}.db"), vault.DatabaseFile);
        await using IVaultStore store = await new SqliteVaultEngine(folder.Path, null, TimeProvider.System).OpenAsync(GoldenSteps.Vault, create: false);
        Assert.Empty(store.Verify());
        string answers = store.Read(VaultDigest.Of);
        Assert.Equal(await File.ReadAllTextAsync(Path.Combine(golden, $"format-{format}.txt")), answers);
        Assert.Null(store.Read(reader => reader.StatePolicy)); // no release had one to write into these
        Assert.Equal("{}", await store.WriteAsync((_, change) => change.StatePolicy = "{}"));
        Assert.Equal(("{}", 0), (store.Read(reader => reader.StatePolicy), store.Verify().Count));
    }

    // It was closed and sealed by its release; this one changes the file before anything is written.
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task A_sealed_vault_of_every_format_opens_again_after_it_was_only_read(int format)
    {
        using var folder = new TemporaryFolder();
        VaultFolder vault = folder.Vault("golden");
        Directory.CreateDirectory(vault.Path);
        File.Copy(Path.Combine(AppContext.BaseDirectory, "Golden", $"format-{format}.db"), vault.DatabaseFile);
        VaultSeal.Put(vault);
        SqliteVaultEngine engine = new(folder.Path, null, TimeProvider.System);
        string[] answers = new string[2];
        for (int opening = 0; opening < answers.Length; opening++)
        {
            await using IVaultStore store = await engine.OpenAsync(GoldenSteps.Vault, create: false);
            answers[opening] = store.Read(VaultDigest.Of);
        }

        Assert.Equal(answers[0], answers[1]);
        Assert.True(VaultSeal.Check(vault));
    }

    [Fact]
    public void The_hashes_written_down_are_those_of_the_scripts() =>
        Assert.All(Migrations.Scripts, script => Assert.Equal(Migrations.HashOf(script.Sql), script.Hash));
}
