using MemOS.Vaults;

namespace MemOS.Operator.Recall;

/// <summary>
/// Brings commits to an index, in their order. Few cubes are applied at once, by the thread that committed them; many are left to a thread of the pool, which begins
/// when the writer next waits for the disk, or soon, so that it does not take a core from whoever prepares the next write. So is the first commit, for which a
/// large index that was read piece by piece has to get ready. A recall that cannot wait for that thread
/// applies what is left itself. A commit that the index cannot take makes the index stale: it is built anew before the next recall.
/// </summary>
/// <remarks>Thread-safe. Commits are announced one group after another.</remarks>
/// <param name="apply">Applies one commit; called by one thread at a time.</param>
/// <param name="rebuild">Builds the index anew from the store; nothing is applied meanwhile.</param>
/// <param name="failed">Told why the index became stale.</param>
/// <param name="clock">For how soon.</param>
internal sealed class IndexFollower(Action<VaultChange> apply, Action rebuild, Action<Exception> failed, TimeProvider clock) : IThreadPoolWorkItem, IDisposable
{
    private const int FewCubes = 8;
    private const int MostCubes = 4096;
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(5);

    private readonly Lock _gate = new();
    private readonly Lock _applying = new();
    private readonly Queue<VaultChange> _waiting = new();
    private int _behind;
    private int _cubes;
    private ITimer? _soon;
    private bool _scheduled;
    private bool _keeps = true;
    private bool _hasApplied;
    private Task _rebuilding = Task.CompletedTask;
    private volatile bool _stale;
    private volatile bool _wasStale;

    /// <summary>Takes the commits of one group. What they forget is out of the index when this returns.</summary>
    public void Follow(IReadOnlyList<VaultChange> changes)
    {
        bool here;
        lock (_gate)
        {
            if (!_keeps)
            {
                return; // the index will be built from a later state of the store
            }

            bool forgets = false;
            foreach (VaultChange change in changes)
            {
                _waiting.Enqueue(change);
                _cubes += change.Cubes.Count;
                forgets |= change.ForgottenCubes.Count > 0;
            }

            Volatile.Write(ref _behind, _behind + changes.Count);
            here = forgets || _cubes > MostCubes || (_cubes <= FewCubes && !_scheduled && _hasApplied);
            if (!here && !_scheduled)
            {
                _soon ??= clock.CreateTimer(_ => Begin(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
                _soon.Change(Soon, Timeout.InfiniteTimeSpan);
            }
        }

        if (here)
        {
            ApplyWaiting();
        }
    }

    /// <summary>Lets what waits be applied now. Returns at once.</summary>
    public void Begin()
    {
        lock (_gate)
        {
            if (_waiting.Count > 0 && !_scheduled && !_stale)
            {
                _scheduled = true;
                ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
            }
        }
    }

    /// <summary>Applies nothing more: the index may be closed when this returns.</summary>
    public void Dispose()
    {
        lock (_applying)
        {
            lock (_gate)
            {
                (_keeps, _behind, _cubes) = (false, 0, 0);
                _waiting.Clear();
                _soon?.Dispose();
            }
        }
    }

    /// <summary>Makes sure that everything committed before the call is in the index. At once, unless the index is stale.</summary>
    /// <exception cref="MemOSException">The index could not be built anew; the next call tries again.</exception>
    public ValueTask CatchUpAsync(CancellationToken cancellationToken)
    {
        if (Volatile.Read(ref _behind) > 0)
        {
            ApplyWaiting();
        }

        return _stale ? new ValueTask(RebuiltAsync().WaitAsync(cancellationToken)) : default;
    }

    /// <summary>Applies what is left. False when the index that was followed first became stale, and so is not what the store holds.</summary>
    public bool TryApplyAll()
    {
        ApplyWaiting();
        return !_wasStale;
    }

    /// <summary>Applies what is left and then does something before more is applied. A stale index is built anew first.</summary>
    public async Task BetweenAsync(Action action, CancellationToken cancellationToken)
    {
        await CatchUpAsync(cancellationToken).ConfigureAwait(false);
        lock (_applying)
        {
            ApplyWaiting();
            action();
        }
    }

    void IThreadPoolWorkItem.Execute()
    {
        while (true)
        {
            ApplyWaiting();
            lock (_gate)
            {
                if (_waiting.Count == 0 || _stale)
                {
                    _scheduled = false;
                    return;
                }
            }
        }
    }

    private void ApplyWaiting()
    {
        lock (_applying)
        {
            while (!_stale && TryTake() is { } change)
            {
                try
                {
                    apply(change);
                    lock (_gate)
                    {
                        _hasApplied = true;
                        _cubes -= change.Cubes.Count;
                        Volatile.Write(ref _behind, _behind - 1);
                    }
                }
                catch (Exception error)
                {
                    MakeStale();
                    failed(error);
                }
            }
        }
    }

    private VaultChange? TryTake()
    {
        lock (_gate)
        {
            return _waiting.TryDequeue(out VaultChange? change) ? change : null;
        }
    }

    private void MakeStale()
    {
        lock (_gate)
        {
            (_stale, _wasStale, _keeps, _behind, _cubes) = (true, true, false, 0, 0);
            _waiting.Clear();
        }
    }

    // All recalls that come meanwhile wait for the same work.
    private Task RebuiltAsync()
    {
        lock (_gate)
        {
            if (_stale && _rebuilding.IsCompleted)
            {
                // What is committed from here on is kept until the index is there. Some of it is in the index then already, which does no harm.
                _keeps = true;
                _rebuilding = Task.Run(Rebuild);
            }

            return _rebuilding;
        }
    }

    private void Rebuild()
    {
        try
        {
            rebuild();
            _stale = false;
            ApplyWaiting();
        }
        catch
        {
            MakeStale();
            throw;
        }
    }
}
