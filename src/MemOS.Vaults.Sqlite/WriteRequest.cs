namespace MemOS.Vaults.Sqlite;

/// <summary>One call of <see cref="IVaultStore.WriteAsync"/> on its way through the writer.</summary>
internal abstract class WriteRequest
{
    private int _begun;

    /// <summary>What the last run of the plan wrote; null before, and when it wrote nothing.</summary>
    public VaultChange? Change { get; set; }

    /// <summary>Whether the caller has its answer.</summary>
    public abstract bool IsDone { get; }

    /// <summary>Whether the write shall be carried out: true for one of the writer and a caller that gave up, whichever comes first.</summary>
    public bool TryBegin() => Interlocked.Exchange(ref _begun, 1) == 0;

    /// <summary>Runs the caller's plan; throws what it throws.</summary>
    public abstract void Plan(IVaultReader reader, VaultChange change);

    /// <summary>Acknowledges.</summary>
    public abstract void Complete();

    /// <summary>Reports an error to the caller.</summary>
    public abstract void Fail(Exception error);
}
