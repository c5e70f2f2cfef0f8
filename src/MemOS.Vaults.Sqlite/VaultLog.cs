using Microsoft.Extensions.Logging;

namespace MemOS.Vaults.Sqlite;

/// <summary>Log messages of the embedded engine: ids 5000 to 5099. They never hold content.</summary>
internal static partial class VaultLog
{
    [LoggerMessage(5000, LogLevel.Error, "The observer of commits of vault {Vault} failed; its view of the vault may be behind until the vault is opened again.")]
    public static partial void ObserverFailed(ILogger logger, Exception error, VaultId vault);

    [LoggerMessage(5001, LogLevel.Warning, "A group of {Changes} changes to vault {Vault} failed and is carried out one by one.")]
    public static partial void GroupFailed(ILogger logger, Exception error, int changes, VaultId vault);

    [LoggerMessage(5002, LogLevel.Error, "A commit to vault {Vault} failed with {Code}; its connection is opened again.")]
    public static partial void CommitFailed(ILogger logger, Exception error, VaultId vault, string code);

    [LoggerMessage(5003, LogLevel.Warning, "Vault {Vault} was not closed in order; its structure is checked and forgetting completed if it was under way.")]
    public static partial void NotSealed(ILogger logger, VaultId vault);

    [LoggerMessage(5004, LogLevel.Warning, "Vault {Vault} could not be sealed at its close; the next opening checks its structure instead.")]
    public static partial void SealFailed(ILogger logger, Exception error, VaultId vault);

    [LoggerMessage(5005, LogLevel.Error, "The log of vault {Vault} could not be moved into its file: {Code}. Its writes are safe; the connection is opened again.")]
    public static partial void CheckpointFailed(ILogger logger, Exception error, VaultId vault, string code);
}
