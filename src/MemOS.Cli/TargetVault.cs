using MemOS.Vaults;
using MemOS.Vaults.Sqlite;

namespace MemOS.Cli;

/// <summary>A vault that a command writes to. One that the command made and in which nothing came to be is gone again when the command ends, however it ends.</summary>
internal sealed class TargetVault : IAsyncDisposable
{
    private readonly SqliteVaultEngine _engine;
    private readonly bool _isNew;

    private TargetVault(SqliteVaultEngine engine, MemoryVault vault, bool isNew) => (_engine, Vault, _isNew) = (engine, vault, isNew);

    /// <summary>The vault.</summary>
    public MemoryVault Vault { get; }

    /// <summary>Whether the command made it and nothing is in it.</summary>
    public bool IsNewAndEmpty => _isNew && Vault.Statistics() is { Messages: 0, Versions: 0 };

    /// <summary>Opens a vault, or makes it.</summary>
    public static async Task<TargetVault> OpenAsync(CliContext context, VaultId id, CancellationToken cancellationToken)
    {
        SqliteVaultEngine engine = context.Engine();
        bool isNew = !engine.Exists(id);
        try
        {
            return new TargetVault(engine, await context.OpenAsync(id, create: true, cancellationToken), isNew);
        }
        catch when (isNew)
        {
            Remove(engine, id);
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Vault.DisposeAsync();
        if (_isNew)
        {
            Remove(_engine, Vault.Id);
        }
    }

    // An empty vault that cannot be removed is no reason to hide why the command ended.
    private static void Remove(SqliteVaultEngine engine, VaultId id)
    {
        try
        {
            engine.DeleteEmpty(id);
        }
        catch (MemOSException error) when (error.Code is ErrorCodes.StorageFailed or ErrorCodes.Corrupted or ErrorCodes.DiskFull)
        {
        }
    }
}
