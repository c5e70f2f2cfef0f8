using MemOS.Testing.Vaults;
using Xunit;

namespace MemOS.Vaults.Sqlite.Tests;

/// <summary>Only a closed vault to which nothing was ever written is deleted for being empty.</summary>
public sealed class EmptyVaultTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task An_empty_one_goes_and_one_that_is_open_or_not_there_is_left_alone()
    {
        SqliteVaultEngine engine = Engine();
        VaultId id = new("fresh");
        Assert.False(engine.DeleteEmpty(id));
        IVaultStore store = await engine.OpenAsync(id, create: true);
        Assert.False(engine.DeleteEmpty(id));
        await store.DisposeAsync();
        Assert.True(engine.DeleteEmpty(id));
        Assert.Empty(engine.List());
        Assert.False(Directory.Exists(_folder.Vault("fresh").Path));
    }

    [Fact]
    public async Task One_with_memories_stays_as_it_was()
    {
        await CrashWriter.GoldenVault.MakeAsync(_folder.Path);
        byte[] sealOf = await File.ReadAllBytesAsync(_folder.Vault("golden").SealFile);
        SqliteVaultEngine engine = Engine();
        Assert.False(engine.DeleteEmpty(GoldenSteps.Vault));
        Assert.Equal(sealOf, await File.ReadAllBytesAsync(_folder.Vault("golden").SealFile));
        await using IVaultStore store = await engine.OpenAsync(GoldenSteps.Vault, create: false);
        Assert.Empty(store.Verify());
    }

    private SqliteVaultEngine Engine() => new(_folder.Path, null, TimeProvider.System);
}
