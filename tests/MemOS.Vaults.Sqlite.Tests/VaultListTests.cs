using Xunit;

namespace MemOS.Vaults.Sqlite.Tests;

/// <summary>What is a vault is told by its folder.</summary>
public sealed class VaultListTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Vaults_come_in_the_order_of_their_names_from_a_name_on()
    {
        SqliteVaultEngine engine = new(_folder.Path, null, TimeProvider.System);
        Assert.Empty(engine.ListAfter(null));
        string longest = new('x', VaultId.MaximumLength);
        string[] names = ["A", "a", "a/1", "b c", longest, "ä"];
        foreach (string name in names)
        {
            await (await engine.OpenAsync(new VaultId(name), create: true)).DisposeAsync();
        }

        Directory.CreateDirectory(_folder.Vault("half").Path); // no vault yet
        Directory.CreateDirectory(Path.Combine(_folder.Path, "vaults", "No Name"));
        Assert.Equal(names, engine.List().Select(id => id.Value));
        Assert.Equal(names[2..], engine.ListAfter("a").Select(id => id.Value));
        Assert.Equal(names[3..], engine.ListAfter("a/2").Select(id => id.Value));
        Assert.Empty(engine.ListAfter("ä"));
    }

    [Fact]
    public async Task What_a_dead_process_left_of_a_deleted_vault_is_erased_at_the_next_opening()
    {
        SqliteVaultEngine engine = new(_folder.Path, null, TimeProvider.System);
        VaultId id = new("gone");
        await (await engine.OpenAsync(id, create: true)).DisposeAsync();
        string left = Path.Combine(Directory.CreateDirectory(Path.Combine(_folder.Path, "deleted")).FullName, "left");
        Directory.Move(_folder.Vault("gone").Path, left);
        Assert.Empty(engine.List());
        await (await engine.OpenAsync(new VaultId("other"), create: true)).DisposeAsync();
        Assert.False(Directory.Exists(left));
        Assert.True(engine.Delete(new VaultId("other")));
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(_folder.Path, "deleted")));
    }
}
