using MemOS.Testing.Vaults;

namespace MemOS.Vaults.Sqlite.Tests;

/// <summary>The embedded engine keeps the promises of the storage contract.</summary>
public sealed class SqliteVaultConformanceTests : VaultStoreConformance, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    protected override IVaultEngine CreateEngine(TimeProvider clock) => new SqliteVaultEngine(_folder.Path, null, clock);
}
