using System.Collections.Immutable;
using MemOS.Cubes;
using MemOS.Models;
using MemOS.Models.Llama;
using MemOS.Models.Llama.Protocol;
using MemOS.Scheduler.Transitions;
using MemOS.Transformations;
using MemOS.Vaults;

namespace MemOS.Activation;

/// <summary>The states that were loaded ahead into the model's memory, within a budget. Holds no rights: who mounts one is asked each time. Safe from any thread.</summary>
internal sealed class LoadedStates(LocalModel model, TimeProvider clock, TimeSpan stay) : IAsyncDisposable
{
    // Sequences that are always left for answers, and the share of the context that states loaded ahead may take.
    private const int SequencesForAnswers = 3;
    private const int ContextShare = 2;

    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(1); // of a timer

    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _loading = new(1, 1);
    private readonly List<LoadedState> _states = [];
    private readonly List<LoadedState> _leaving = []; // out of the table, but still in the model's memory
    private readonly HashSet<VaultId> _read = []; // vaults of which something may be in the model's memory
    private readonly Dictionary<VaultId, LoadStatistics> _statistics = [];
    private ITimer? _sweep;

    /// <summary>Of all vaults together.</summary>
    public LoadStatistics Statistics
    {
        get
        {
            lock (_gate)
            {
                return _statistics.Values.Aggregate(LoadStatistics.None, (sum, one) => sum + one);
            }
        }
    }

    /// <summary>Bytes of all states that are in the model's memory because they were loaded ahead.</summary>
    public long Bytes
    {
        get
        {
            lock (_gate)
            {
                return Held_NeedsLock.Sum(state => state.Bytes);
            }
        }
    }

    private IEnumerable<LoadedState> Held_NeedsLock => _states.Concat(_leaving);

    /// <summary>Whether loading ahead paid in a vault, and what is loaded of it.</summary>
    public (LoadStatistics Statistics, ImmutableArray<CubeId> States, long Bytes) Of(VaultId vault)
    {
        lock (_gate)
        {
            return (_statistics.GetValueOrDefault(vault, LoadStatistics.None), [.. _states.Where(state => state.Vault == vault).Select(state => state.State)], Held_NeedsLock.Where(state => state.Vault == vault).Sum(state => state.Bytes));
        }
    }

    /// <summary>How many states can be loaded beside the sequences that answers need.</summary>
    public static int Most(ModelDescription model) => Math.Max(0, model.Sequences - SequencesForAnswers);

    /// <summary>Loads a state. Of its vault those worth less make room, of others those wanted longest ago; where that does not suffice nothing is loaded and all stay.</summary>
    /// <param name="vault">The vault.</param>
    /// <param name="check">A state of it that can be mounted.</param>
    /// <param name="hash">The address of its bytes.</param>
    /// <param name="policy">The vault's: how many bytes its states may take, and what makes one worth more than another.</param>
    /// <param name="worth">What the states of the vault are worth, this one among them; one that is not here is worth least.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>Whether it is loaded now.</returns>
    public async Task<bool> LoadAsync(MemoryVault vault, MountCheck check, ContentHash hash, TransitionPolicy policy, IReadOnlyDictionary<CubeId, TransitionCandidate> worth, CancellationToken cancellationToken)
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

            await LeaveAsync(state => !state.Sequence.IsRunning).ConfigureAwait(false); // their process is gone, and they with it
            if (!await MakeRoomAsync(description, vault.Id, worth[state], bytes, tokens, policy, worth).ConfigureAwait(false))
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
                Count_NeedsLock(vault.Id, new LoadStatistics(1, 0, 0, 0));
            }

            await LeaveAsync(left => left == loaded && !left.IsMountable).ConfigureAwait(false); // its text was changed or erased while its bytes were read
            return !loaded.HasLeft;
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
            await LeaveAsync(state).ConfigureAwait(false);
        }
    }

    /// <summary>Counts the state that a context was begun with.</summary>
    public void CountMount(VaultId vault, bool wasLoaded)
    {
        lock (_gate)
        {
            Count_NeedsLock(vault, wasLoaded ? new LoadStatistics(0, 1, 0, 0) : new LoadStatistics(0, 0, 1, 0));
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
                _leaving.Add(state);
                state.HasLeft = true;
                Count_NeedsLock(state.Vault, new LoadStatistics(0, 0, 0, state.WasUsed ? 0 : 1));
            }

            left = [.. left.Where(state => state.Pins == 0)];
            Wait_NeedsLock();
        }

        foreach (LoadedState state in left)
        {
            await LeaveAsync(state).ConfigureAwait(false);
        }
    }

    /// <summary>Lets the states of a vault go that may no longer be mounted.</summary>
    public Task LeaveInvalidAsync(VaultId vault) => LeaveAsync(state => state.Vault == vault && !state.IsMountable);

    /// <summary>Lets all go where an answer waits for more of the context than they leave.</summary>
    public void MakeRoom(int wanted)
    {
        lock (_gate)
        {
            if (_states.Count == 0 || wanted <= _states[0].Sequence.Model.Context - Held_NeedsLock.Sum(state => state.Tokens))
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

    private async Task LeaveAsync(LoadedState state)
    {
        try
        {
            await state.Sequence.LeaveSoonAsync().ConfigureAwait(false);
        }
        finally
        {
            lock (_gate)
            {
                _leaving.Remove(state);
            }
        }
    }

    private async Task<bool> MakeRoomAsync(
        ModelDescription description, VaultId vault, TransitionCandidate newcomer, long bytes, int tokens, TransitionPolicy policy, IReadOnlyDictionary<CubeId, TransitionCandidate> worth)
    {
        long bytesLeft = policy.MemoryBytes - bytes, tokensLeft = (description.Context / ContextShare) - tokens;
        int placesLeft = Most(description) - 1;
        while (true)
        {
            LoadedState? leaves;
            lock (_gate)
            {
                LoadedState[] held = [.. Held_NeedsLock], own = [.. held.Where(state => state.Vault == vault)];
                LoadedState[] mayLeave = [.. _states.Where(state => state.Pins == 0 && (state.Vault != vault || policy.ValueOrder.Compare(Worth(state), newcomer) < 0))];
                if (own.Except(mayLeave).Sum(state => state.Bytes) > bytesLeft || held.Except(mayLeave).Sum(state => state.Tokens) > tokensLeft || held.Except(mayLeave).Count() > placesLeft)
                {
                    return false;
                }

                if (own.Sum(state => state.Bytes) > bytesLeft)
                {
                    leaves = mayLeave.Where(state => state.Vault == vault).MinBy(Worth, policy.ValueOrder);
                }
                else if (held.Sum(state => state.Tokens) > tokensLeft || held.Length > placesLeft)
                {
                    leaves = mayLeave.MinBy(state => state.UsedAt);
                }
                else
                {
                    return true;
                }
            }

            await LeaveAsync(state => state == leaves).ConfigureAwait(false);
        }

        TransitionCandidate? Worth(LoadedState state) => worth.TryGetValue(state.State, out TransitionCandidate? known) ? known with { LastUsed = known.LastUsed > state.UsedAt ? known.LastUsed : state.UsedAt } : null;
    }

    private void Count_NeedsLock(VaultId vault, LoadStatistics more) => _statistics[vault] = _statistics.GetValueOrDefault(vault, LoadStatistics.None) + more;

    // Until the first of them was not wanted for long, or has no text any more whose time is not over.
    private void Wait_NeedsLock()
    {
        if (_states.Count == 0)
        {
            _sweep?.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            return;
        }

        DateTimeOffset now = clock.GetUtcNow();
        TimeSpan wait = _states.Select(state => state.Ends - now).Append(stay - (now - _states.Min(state => state.UsedAt))).Append(LongestWait).Min() ?? LongestWait;
        wait = wait < TimeSpan.Zero ? TimeSpan.Zero : wait;
        _sweep ??= clock.CreateTimer(_ => _ = LeaveAsync(old => clock.GetUtcNow() - old.UsedAt >= stay || !old.IsMountable), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _sweep.Change(wait, Timeout.InfiniteTimeSpan);
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
