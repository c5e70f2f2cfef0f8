using MemOS.Cubes;
using MemOS.Models;
using MemOS.Models.Llama;
using MemOS.Models.Llama.Protocol;
using MemOS.Transformations;
using MemOS.Vaults;

namespace MemOS.Activation;

/// <summary>The states that were loaded ahead into the model's memory, within a budget. Holds no rights: who mounts one is asked each time. Safe from any thread.</summary>
internal sealed class LoadedStates(LocalModel model, TimeProvider clock, TimeSpan stay) : IAsyncDisposable
{
    // Sequences that are always left for answers, and the share of the context that states loaded ahead may take.
    private const int SequencesForAnswers = 3;
    private const int ContextShare = 2;

    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _loading = new(1, 1);
    private readonly List<LoadedState> _states = [];
    private readonly HashSet<VaultId> _read = []; // vaults of which something may be in the model's memory
    private ITimer? _sweep;
    private LoadStatistics _statistics = new(0, 0, 0, 0);

    public LoadStatistics Statistics => Volatile.Read(ref _statistics);

    /// <summary>Bytes of all states that are loaded.</summary>
    public long Bytes
    {
        get
        {
            lock (_gate)
            {
                return _states.Sum(state => state.Bytes);
            }
        }
    }

    /// <summary>How many states can be loaded beside the sequences that answers need.</summary>
    public static int Most(ModelDescription model) => Math.Max(0, model.Sequences - SequencesForAnswers);

    /// <summary>Loads a state. Those wanted longest ago make room; where that does not suffice nothing is loaded.</summary>
    /// <returns>Whether it is loaded now.</returns>
    public async Task<bool> LoadAsync(MemoryVault vault, MountCheck check, ContentHash hash, long mostBytes, CancellationToken cancellationToken)
    {
        (CubeId state, int tokens) = check is { IsMountable: true } ? (check.State.Id, check.Format.Tokens) : throw new ArgumentException("Only a state that can be mounted is loaded.", nameof(check));
        Watch(vault);
        ModelDescription description = await model.DescribeAsync(cancellationToken).ConfigureAwait(false);
        long bytes = tokens * description.CacheBytesPerToken;
        await _loading.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (Find(hash) is { } known)
            {
                known.UsedAt = clock.GetUtcNow();
                return true;
            }

            if (bytes > mostBytes || tokens > description.Context / ContextShare || Most(description) == 0 ||
                !await MakeRoomAsync(mostBytes - bytes, (description.Context / ContextShare) - tokens, Most(description) - 1).ConfigureAwait(false))
            {
                return false;
            }

            if (await RestoreAsync(vault, state, tokens, cancellationToken).ConfigureAwait(false) is not { } sequence)
            {
                return false;
            }

            LoadedState loaded = new(vault, state, check.Format.Binding, hash, sequence, bytes, tokens) { UsedAt = clock.GetUtcNow() };
            lock (_gate)
            {
                _states.Add(loaded);
                _statistics = _statistics with { Loads = _statistics.Loads + 1 };
                _sweep ??= clock.CreateTimer(_ => _ = LeaveAsync(old => clock.GetUtcNow() - old.UsedAt >= stay), null, stay, stay);
            }

            if (!loaded.IsMountable)
            {
                await LeaveAsync(left => left == loaded).ConfigureAwait(false); // its text was changed or erased while its bytes were read
                return false;
            }

            return true;
        }
        finally
        {
            _loading.Release();
        }
    }

    /// <summary>Sees to it that a vault tells when states of it have to leave. Called whenever something of it is about to enter the model's memory.</summary>
    public void Watch(MemoryVault vault)
    {
        lock (_gate)
        {
            _read.Add(vault.Id);
        }

        vault.States.AddHolder(ChangedAsync);
    }

    /// <summary>Pins a state for a context in the same process; null where it is not there. To be unpinned when the context has begun.</summary>
    public LoadedState? Pin(ContentHash hash, SequenceLease context)
    {
        lock (_gate)
        {
            LoadedState? found = _states.Find(loaded => loaded.Hash == hash && loaded.Sequence.IsWith(context));
            _statistics = found is null ? _statistics with { Misses = _statistics.Misses + 1 } : _statistics with { Hits = _statistics.Hits + 1 };
            if (found is not null)
            {
                found.Pins++;
                found.WasUsed = true;
                found.UsedAt = clock.GetUtcNow();
            }

            return found;
        }
    }

    public async ValueTask UnpinAsync(LoadedState state)
    {
        bool goes;
        lock (_gate)
        {
            goes = --state.Pins == 0 && state.HasLeft;
        }

        if (goes)
        {
            await state.Sequence.LeaveSoonAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Lets states go: those that may no longer be mounted, that were not wanted for long, or all of a vault that closes.</summary>
    public async Task LeaveAsync(Predicate<LoadedState> which)
    {
        LoadedState[] left;
        lock (_gate)
        {
            left = [.. _states.Where(state => which(state))];
            foreach (LoadedState state in left)
            {
                _states.Remove(state);
                state.HasLeft = true;
            }

            _statistics = _statistics with { Wasted = _statistics.Wasted + left.Count(state => !state.WasUsed) };
            left = [.. left.Where(state => state.Pins == 0)];
        }

        foreach (LoadedState state in left)
        {
            await state.Sequence.LeaveSoonAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Lets the states of a vault go that may no longer be mounted.</summary>
    public Task LeaveInvalidAsync(VaultId vault) => LeaveAsync(state => state.Vault == vault && !state.IsMountable);

    /// <summary>Lets all go where an answer waits for more of the context than they leave.</summary>
    public void MakeRoom(int wanted)
    {
        lock (_gate)
        {
            if (_states.Count == 0 || wanted <= _states[0].Sequence.Model.Context - _states.Sum(state => state.Tokens))
            {
                return;
            }
        }

        _ = LeaveAsync(_ => true);
    }

    public async ValueTask DisposeAsync()
    {
        if (_sweep is { } sweep)
        {
            await sweep.DisposeAsync().ConfigureAwait(false);
        }

        await LeaveAsync(_ => true).ConfigureAwait(false);
    }

    // What is pinned leaves with its last pin; where something was erased, its room is overwritten then.
    private async Task ChangedAsync(VaultId vault, StatesChange change)
    {
        await _loading.WaitAsync().ConfigureAwait(false); // a load under way may be of what has to leave
        _loading.Release();
        await (change is StatesChange.Closing ? LeaveAsync(state => state.Vault == vault) : LeaveInvalidAsync(vault)).ConfigureAwait(false);
        if (change is StatesChange.Changed)
        {
            return;
        }

        bool wasRead;
        lock (_gate)
        {
            wasRead = _read.Contains(vault);
            if (wasRead)
            {
                _read.Clear(); // one erasure is for all vaults
            }
        }

        if (wasRead)
        {
            await model.EraseAsync().ConfigureAwait(false);
        }
    }

    private LoadedState? Find(ContentHash hash)
    {
        lock (_gate)
        {
            return _states.Find(loaded => loaded.Hash == hash && loaded.Sequence.IsRunning);
        }
    }

    // Lets those go that were wanted longest ago until the others keep within the limits.
    private async Task<bool> MakeRoomAsync(long bytes, int tokens, int count)
    {
        await LeaveAsync(state => !state.Sequence.IsRunning).ConfigureAwait(false); // their process is gone, and they with it
        while (true)
        {
            LoadedState? oldest;
            lock (_gate)
            {
                if (_states.Sum(state => state.Bytes) <= bytes && _states.Sum(state => state.Tokens) <= tokens && _states.Count <= count)
                {
                    return true;
                }

                oldest = _states.Where(state => state.Pins == 0).MinBy(state => state.UsedAt);
            }

            if (oldest is null)
            {
                return false;
            }

            await LeaveAsync(state => state == oldest).ConfigureAwait(false);
        }
    }

    // Null where there is no room now, or where the state went while it was read.
    private async Task<SequenceLease?> RestoreAsync(MemoryVault vault, CubeId state, int tokens, CancellationToken cancellationToken)
    {
        try
        {
            return await TryRestoreAsync(vault, state, tokens, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is MemOSException { Code: ErrorCodes.CubeNotFound or ErrorCodes.Corrupted } or ModelException { Code: ModelErrorCodes.StateUnusable } && vault.Find(state) is null)
        {
            return null;
        }
    }

    private async Task<SequenceLease?> TryRestoreAsync(MemoryVault vault, CubeId state, int tokens, CancellationToken cancellationToken)
    {
        using StateBytes file = await StateBytes.OpenAsync(vault, state, cancellationToken).ConfigureAwait(false);
        if (await model.TryRentSequenceAsync(tokens, cancellationToken).ConfigureAwait(false) is not { } sequence)
        {
            return null; // answers go first
        }

        try
        {
            await sequence.RunSoonAsync([new RestoreStep(sequence.Sequence, file.Path, Verify: false)], cancellationToken).ConfigureAwait(false);
            return sequence;
        }
        catch
        {
            await sequence.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }
}
