namespace MemOS.Vaults.Sqlite;

/// <summary>How the embedded engine uses memory, disk and time. The defaults suit vaults of 10^2 to 10^6 cubes.</summary>
public sealed class SqliteVaultOptions
{
    /// <summary>Writes that may wait for the writer before callers wait too; 1,024 by default, 1 or more.</summary>
    public int QueueCapacity { get; init; } = 1024;

    /// <summary>The most changes that are committed together; 256 by default, 1 or more.</summary>
    public int GroupSize { get; init; } = 256;

    /// <summary>The most bytes of text and vectors that are committed together, 10 MiB by default; one change may be larger.</summary>
    public long GroupBytes { get; init; } = 10L << 20;

    /// <summary>Idle read connections kept open for a vault; 4 by default, 0 or more. More reads at once open connections of their own.</summary>
    public int IdleReaders { get; init; } = 4;

    /// <summary>
    /// Bytes of the file that a read connection maps into memory; 0 by default, which turns mapping off. Mapping saves copies, but each page that a read touches brings
    /// its surroundings into the resident memory of the process.
    /// </summary>
    public long ReaderMemoryMapBytes { get; init; }

    /// <summary>Pages in the write-ahead log from which on a commit moves them into the file; 4,000 by default, 1 or more. After a small commit 1,000 are enough.</summary>
    public int CheckpointPages { get; init; } = 4000;

    /// <summary>How long forgetting waits for readers of older snapshots; 30 s by default.</summary>
    public TimeSpan ForgettingTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>For tests: the number of pages that the file may grow to, asked for before each group.</summary>
    internal Func<long>? PageLimit { get; init; }

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(QueueCapacity, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(GroupSize, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(GroupBytes, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(IdleReaders);
        ArgumentOutOfRangeException.ThrowIfNegative(ReaderMemoryMapBytes);
        ArgumentOutOfRangeException.ThrowIfLessThan(CheckpointPages, 1);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(ForgettingTimeout, TimeSpan.Zero);
    }
}
