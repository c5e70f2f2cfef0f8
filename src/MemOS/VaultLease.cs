using MemOS.Vaults;

namespace MemOS;

/// <summary>The right to use an open vault. Dispose it when done: a vault is closed or deleted only while nobody holds a lease on it.</summary>
/// <remarks>Disposing more than once does nothing. The vault may be used from several threads under one lease.</remarks>
public sealed class VaultLease : IAsyncDisposable
{
    private readonly MemoryVault _vault;
    private VaultHost? _host;

    internal VaultLease(VaultHost host, OpenVault slot, MemoryVault vault)
    {
        _host = host;
        Slot = slot;
        _vault = vault;
    }

    /// <summary>The vault.</summary>
    /// <exception cref="ObjectDisposedException">The lease was given back.</exception>
    public MemoryVault Vault => Volatile.Read(ref _host) is null ? throw new ObjectDisposedException(nameof(VaultLease)) : _vault;

    internal OpenVault Slot { get; }

    /// <summary>Gives the lease back.</summary>
    public ValueTask DisposeAsync()
    {
        Interlocked.Exchange(ref _host, null)?.Release(Slot);
        return ValueTask.CompletedTask;
    }
}
