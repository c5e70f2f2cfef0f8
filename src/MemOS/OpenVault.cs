using MemOS.Vaults;

namespace MemOS;

/// <summary>What the host knows of one vault that is opening, open or closing. Changed only under the lock of the <see cref="VaultTable"/>.</summary>
internal sealed class OpenVault(VaultId id)
{
    private readonly TaskCompletionSource<MemoryVault> _opened = NewSource<MemoryVault>();

    public VaultId Id { get; } = id;

    /// <summary>The vault, or why it could not be opened.</summary>
    public Task<MemoryVault> Opened => _opened.Task;

    /// <summary>The vault, once it is open; else null.</summary>
    public MemoryVault? Vault { get; private set; }

    /// <summary>Whether the vault is there to be used.</summary>
    public bool IsOpen => Vault is not null;

    public int Leases { get; set; }

    /// <summary>While the vault is closing and gives no new lease: done when it is closed, or goes on after all. Else null.</summary>
    public TaskCompletionSource? Closing { get; set; }

    /// <summary>Set by who waits for the last lease to be given back.</summary>
    public TaskCompletionSource? Idle { get; set; }

    /// <summary>Rises with every use of any vault: the smallest is the least recently used.</summary>
    public long LastUse { get; set; }

    /// <summary>What its index takes, as estimated; counted in the table's sum unless it is closing.</summary>
    public long Bytes { get; set; }

    /// <summary>The clock's time stamp of the estimate.</summary>
    public long MeasuredAt { get; set; }

    public void SetOpened(MemoryVault vault)
    {
        Vault = vault;
        _opened.SetResult(vault);
    }

    public void SetFailed(Exception failure)
    {
        _opened.SetException(failure);
        _ = _opened.Task.Exception; // seen, even when everyone who waited has gone
    }

    public static TaskCompletionSource<T> NewSource<T>() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    public static TaskCompletionSource NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
