using System.Diagnostics.Metrics;
using MemOS.Api;
using MemOS.Client;
using MemOS.Governance;
using MemOS.Models.BuiltIn;
using MemOS.Telemetry;
using MemOS.Vaults;
using MemOS.Vaults.Sqlite;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace MemOS;

/// <summary>Opens vaults when they are needed, shares each among its users, and closes the least recently used ones above the budget.</summary>
/// <remarks>
/// All members may be called concurrently. A folder with 10,000 vaults costs only what those in use cost. One process at a time may use a vault.
/// <code>
/// await using VaultHost host = VaultHost.OpenFolder("data");
/// IMemoryClient memory = host.CreateClient("alice");
/// await memory.AddAsync("My train leaves at nine.");
/// </code>
/// </remarks>
public sealed class VaultHost : IMemoryClientFactory, IAsyncDisposable
{
    // Connections with their caches, threads, buffers of searches.
    private const long BytesPerVault = 1 << 20;
    private static readonly TimeSpan MeasureEvery = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan SettleAtMost = TimeSpan.FromSeconds(5);

    private readonly VaultTable _table;
    private readonly IVaultEngine _engine;
    private readonly MemoryVaultOptions _vaultOptions;
    private readonly TimeProvider _clock;
    private readonly TimeSpan _releaseTimeout;
    private readonly MemoryInstruments _instruments;
    private readonly Lazy<Task> _closing;

    /// <summary>Hosts the vaults of an engine.</summary>
    /// <param name="engine">Where vaults are kept.</param>
    /// <param name="options">Copied; later changes have no effect.</param>
    /// <param name="clock">Where time comes from; null for the system's.</param>
    /// <param name="loggers">Where to log; null for nowhere. Content is never logged.</param>
    /// <param name="meters">Makes the meter; null for one of the host's own.</param>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public VaultHost(IVaultEngine engine, MemOSOptions options, TimeProvider? clock = null, ILoggerFactory? loggers = null, IMeterFactory? meters = null)
    {
        ArgumentNullException.ThrowIfNull(engine);
        ArgumentNullException.ThrowIfNull(options);
        if (options.WhyInvalid() is { } reason)
        {
            throw new ArgumentException(reason, nameof(options));
        }

        _engine = engine;
        _clock = clock ?? TimeProvider.System;
        _table = new VaultTable(options.MaximumOpenVaults, options.IndexMemoryBudget);
        _releaseTimeout = options.ReleaseTimeout;
        _instruments = new MemoryInstruments(_clock, meters);
        _vaultOptions = new MemoryVaultOptions
        {
            Embedder = options.Embedder ?? WordNetEmbedder.Shared,
            Model = options.Model,
            Rerank = options.Rerank,
            FormerEmbedders = [.. options.FormerEmbedders, WordNetEmbedder.Shared],
            Clock = _clock,
            Logger = loggers?.CreateLogger("MemOS.Vaults") ?? NullLogger.Instance,
        };
        _closing = new Lazy<Task>(CloseAllAsync);
    }

    /// <summary>How many vaults are open, opening or closing now.</summary>
    public int OpenCount => _table.Count;

    /// <summary>Told of every vault that is opened, on a thread of the pool, before anybody may use it; to be returned from soon. What it throws fails the opening.</summary>
    internal event Action<MemoryVault>? Opened;

    /// <summary>Tells of operations on vaults.</summary>
    internal MemoryInstruments Instruments => _instruments;

    /// <summary>Hosts the vaults of a folder, for programs without a service collection. Opens nothing yet.</summary>
    /// <param name="dataFolder">The folder; made when the first vault is.</param>
    /// <param name="configure">Changes the options.</param>
    /// <param name="loggers">Where to log; null for nowhere.</param>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public static VaultHost OpenFolder(string dataFolder, Action<MemOSOptions>? configure = null, ILoggerFactory? loggers = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(dataFolder);
        MemOSOptions options = new() { DataFolder = dataFolder };
        configure?.Invoke(options);
        return new VaultHost(new SqliteVaultEngine(options.DataFolder, null, TimeProvider.System, loggers), options, TimeProvider.System, loggers);
    }

    /// <summary>The memories of a vault, which is made when it is first used. Cheap; nothing is opened before the first call.</summary>
    /// <exception cref="MemOSException">The name is not usable (<see cref="ErrorCodes.InvalidInput"/>).</exception>
    public IMemoryClient CreateClient(string vault) => CreateClient(new VaultId(vault), Caller.Owner, create: true);

    internal IMemoryClient CreateClient(VaultId id, Caller caller, bool create) =>
        new ObservedMemoryClient(new EmbeddedMemoryClient(this, id, caller, create, _clock), _instruments);

    /// <summary>Opens a vault, or shares it when it is open already.</summary>
    /// <param name="id">The vault.</param>
    /// <param name="create">Whether to make it when it does not exist.</param>
    /// <param name="cancellationToken">Gives up waiting; an opening that others share goes on.</param>
    /// <returns>The right to use it. Dispose it soon.</returns>
    /// <exception cref="MemOSException">As for <see cref="IVaultEngine.OpenAsync"/>.</exception>
    /// <exception cref="ObjectDisposedException">The host was closed.</exception>
    public Task<VaultLease> OpenAsync(VaultId id, bool create = false, CancellationToken cancellationToken = default) =>
        OpenAsync(id, create ? OpeningMode.OrCreate : OpeningMode.Existing, cancellationToken);

    /// <summary>Makes a vault and opens it.</summary>
    /// <exception cref="MemOSException"><see cref="ErrorCodes.VaultExists"/>, or as for <see cref="IVaultEngine.OpenAsync"/>.</exception>
    /// <exception cref="ObjectDisposedException">The host was closed.</exception>
    public Task<VaultLease> CreateAsync(VaultId id, CancellationToken cancellationToken = default) =>
        _instruments.ObserveAsync("create_memory_store", id.Value, () => OpenAsync(id, OpeningMode.New, cancellationToken));

    /// <summary>Whether the vault exists.</summary>
    public bool Exists(VaultId id) => _engine.Exists(id);

    /// <summary>All vaults, by name (ordinal).</summary>
    public IReadOnlyList<VaultId> List() => _engine.List();

    /// <summary>The vaults whose names come after one, by name (ordinal); all where that is null. They are looked for as they are taken.</summary>
    public IEnumerable<VaultId> ListAfter(string? name) => _engine.ListAfter(name);

    /// <summary>The vaults that are open now.</summary>
    internal IReadOnlyList<VaultId> ListOpen() => _table.OpenIds();

    /// <summary>Deletes a vault with everything in it. New users are held off meanwhile; those who have it are waited for.</summary>
    /// <returns>False when there was no such vault.</returns>
    /// <exception cref="MemOSException"><see cref="ErrorCodes.VaultInUse"/> when a lease was not given back in time; nothing is deleted then.</exception>
    /// <exception cref="ObjectDisposedException">The host was closed.</exception>
    public Task<bool> DeleteAsync(VaultId id, CancellationToken cancellationToken = default)
    {
        ThrowIfDefault(id);
        return _instruments.ObserveAsync("delete_memory_store", id.Value, () => DeleteVaultAsync(id, cancellationToken));
    }

    /// <summary>Waits for the leases that are out, for the release timeout at most, and closes every vault. What is used then fails.</summary>
    public ValueTask DisposeAsync() => new(_closing.Value);

    internal void Release(OpenVault slot)
    {
        (long, long)? measured = slot.Vault is { } vault && _clock.GetElapsedTime(slot.MeasuredAt) >= MeasureEvery ? TryMeasure(vault) : null;
        foreach (OpenVault idle in _table.Release(slot, measured))
        {
            _ = Task.Run(() => EvictAsync(idle));
        }
    }

    private async Task<VaultLease> OpenAsync(VaultId id, OpeningMode mode, CancellationToken cancellationToken)
    {
        ThrowIfDefault(id);
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            (OpenVault slot, bool isNew, List<OpenVault> surplus, Task? wait) = _table.Join(id, mode, BytesPerVault);
            if (wait is not null)
            {
                await wait.WaitAsync(cancellationToken).ConfigureAwait(false);
                continue;
            }

            if (isNew)
            {
                // Not cancelled with this caller: others may come to wait for the same vault.
                _ = Task.Run(() => OpenSlotAsync(slot, mode, surplus), CancellationToken.None);
            }

            try
            {
                return new VaultLease(this, slot, await slot.Opened.WaitAsync(cancellationToken).ConfigureAwait(false));
            }
            catch (MemOSException e) when (!isNew && e.Code is ErrorCodes.VaultNotFound or ErrorCodes.VaultExists)
            {
                // Who began this opening asked for something else; ask again.
            }
            catch (OperationCanceledException)
            {
                Release(slot);
                throw;
            }
        }
    }

    private async Task<bool> DeleteVaultAsync(VaultId id, CancellationToken cancellationToken)
    {
        (OpenVault slot, Task? wait) = _table.HoldOff(id);
        while (wait is not null)
        {
            await wait.WaitAsync(cancellationToken).ConfigureAwait(false);
            (slot, wait) = _table.HoldOff(id);
        }

        bool closed = false;
        try
        {
            if (!await AllReleasedAsync(slot, cancellationToken).ConfigureAwait(false))
            {
                throw new MemOSException(ErrorCodes.VaultInUse, $"Vault '{id}' is in use and was not deleted; try again when the work on it is done.") { IsTransient = true };
            }

            closed = true;
            await CloseAsync(slot).ConfigureAwait(false);
            return _engine.Delete(id);
        }
        finally
        {
            _table.EndClosing(slot, closed);
        }
    }

    private async Task OpenSlotAsync(OpenVault slot, OpeningMode mode, List<OpenVault> surplus)
    {
        try
        {
            // Room is made first, so that the budget holds whenever there is something idle to close.
            await Task.WhenAll(surplus.Select(EvictAsync)).ConfigureAwait(false);
            if (mode is OpeningMode.New && _engine.Exists(slot.Id))
            {
                throw VaultTable.VaultExists(slot.Id);
            }

            IVaultStore store = await _engine.OpenAsync(slot.Id, mode is not OpeningMode.Existing).ConfigureAwait(false);
            MemoryVault vault = await OpenVaultAsync(store).ConfigureAwait(false);
            long bytes = await TellAsync(vault).ConfigureAwait(false);
            _table.SetOpened(slot, vault, bytes, _clock.GetTimestamp());
        }
        catch (Exception e)
        {
            // Whatever it is, it belongs to those who wait for the vault.
            _table.SetFailed(slot, e);
        }
    }

    private async Task<MemoryVault> OpenVaultAsync(IVaultStore store)
    {
        try
        {
            return await MemoryVault.OpenAsync(store, _vaultOptions).ConfigureAwait(false);
        }
        catch
        {
            await store.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    // How many bytes it takes; a vault that nobody gets to see is closed again.
    private async Task<long> TellAsync(MemoryVault vault)
    {
        try
        {
            Opened?.Invoke(vault);
            return Measure(vault);
        }
        catch
        {
            await vault.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private async Task EvictAsync(OpenVault slot)
    {
        MemoryVault vault = await slot.Opened.ConfigureAwait(false);
        try
        {
            // What was added should be read before the vault sleeps. Jobs that are not done are on disk and run when it is opened again.
            using CancellationTokenSource enough = new(SettleAtMost, _clock);
            await vault.SettleAsync(enough.Token).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            // Whatever it is, the vault must be closed, or nobody could open it again.
            HostLog.NotSettled(_vaultOptions.Logger, slot.Id.Value, e);
        }

        await CloseAsync(slot).ConfigureAwait(false);
        _table.EndClosing(slot, gone: true);
    }

    private async Task CloseAsync(OpenVault slot)
    {
        try
        {
            if (slot.Vault is { } vault)
            {
                await vault.DisposeAsync().ConfigureAwait(false);
            }
        }
        catch (Exception e)
        {
            // Counting uses failed, for example on a full disk; everything that was acknowledged is on disk.
            HostLog.CloseFailed(_vaultOptions.Logger, slot.Id.Value, e);
        }
    }

    private async Task CloseAllAsync()
    {
        while (_table.StopNext() is { } next)
        {
            if (next.Wait is { } wait)
            {
                await wait.ConfigureAwait(false);
                continue;
            }

            await AllReleasedAsync(next.Slot, CancellationToken.None).ConfigureAwait(false);
            await CloseAsync(next.Slot).ConfigureAwait(false);
            _table.EndClosing(next.Slot, gone: true);
        }

        _instruments.Dispose();
    }

    private async Task<bool> AllReleasedAsync(OpenVault slot, CancellationToken cancellationToken)
    {
        try
        {
            await _table.Idle(slot).WaitAsync(_releaseTimeout, _clock, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    private (long Bytes, long At)? TryMeasure(MemoryVault vault)
    {
        try
        {
            return (Measure(vault), _clock.GetTimestamp());
        }
        catch (MemOSException)
        {
            return null; // who gives back a lease is not told that the disk fails; who next reads or writes is
        }
    }

    private static long Measure(MemoryVault vault) => BytesPerVault + vault.IndexBytes;

    private static void ThrowIfDefault(VaultId id)
    {
        if (id.IsDefault)
        {
            throw new ArgumentException("The default value names no vault.", nameof(id));
        }
    }
}
