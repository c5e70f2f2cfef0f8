using MemOS.Vaults;

namespace MemOS;

/// <summary>Which vaults are open, who uses them, and which are to be closed for want of room. Thread-safe; does no input or output.</summary>
internal sealed class VaultTable(int maximumOpen, long budget)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<VaultId, OpenVault> _slots = [];
    private int _open; // slots that are not closing, and
    private long _bytes; // what they take
    private long _uses;
    private bool _stopped;

    /// <summary>How many vaults are open, opening or closing.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _slots.Count;
            }
        }
    }

    /// <summary>The vaults that are there to be used.</summary>
    public IReadOnlyList<VaultId> OpenIds()
    {
        lock (_gate)
        {
            return [.. _slots.Values.Where(slot => slot.IsOpen && slot.Closing is null).Select(slot => slot.Id)];
        }
    }

    /// <summary>Takes a lease on a vault, making its slot when there is none; or says what to wait for before asking again.</summary>
    /// <returns>The slot; whether it was made and is to be opened; what to close to make room for it.</returns>
    public (OpenVault Slot, bool IsNew, List<OpenVault> Surplus, Task? Wait) Join(VaultId id, OpeningMode mode, long bytes)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_stopped, typeof(VaultHost));
            if (!_slots.TryGetValue(id, out OpenVault? slot))
            {
                slot = new OpenVault(id) { Leases = 1, LastUse = ++_uses, Bytes = bytes };
                _slots.Add(id, slot);
                _open++;
                _bytes += bytes;
                return (slot, true, TakeSurplus_NeedsLock(), null);
            }

            if (slot.Closing is { } closing)
            {
                return (slot, false, [], closing.Task);
            }

            if (mode is OpeningMode.New)
            {
                return (slot, false, [], slot.IsOpen ? throw VaultExists(id) : EndOf(slot.Opened));
            }

            slot.Leases++;
            slot.LastUse = ++_uses;
            return (slot, false, [], null);
        }
    }

    /// <summary>Gives a lease back.</summary>
    /// <param name="slot">The vault.</param>
    /// <param name="measured">A new estimate of what it takes, with its time stamp, or null.</param>
    /// <returns>What to close now.</returns>
    public List<OpenVault> Release(OpenVault slot, (long Bytes, long At)? measured)
    {
        lock (_gate)
        {
            if (measured is { } estimate)
            {
                SetBytes_NeedsLock(slot, estimate.Bytes, estimate.At);
            }

            slot.LastUse = ++_uses;
            if (--slot.Leases == 0)
            {
                slot.Idle?.TrySetResult();
            }

            return TakeSurplus_NeedsLock();
        }
    }

    /// <summary>Notes that a vault is open.</summary>
    public void SetOpened(OpenVault slot, MemoryVault vault, long bytes, long at)
    {
        lock (_gate)
        {
            SetBytes_NeedsLock(slot, bytes, at);
            slot.SetOpened(vault); // runs no continuation
        }
    }

    /// <summary>Notes that a vault could not be opened; everyone who waits for it is told.</summary>
    public void SetFailed(OpenVault slot, Exception failure)
    {
        lock (_gate)
        {
            _slots.Remove(slot.Id);
            _open--;
            _bytes -= slot.Bytes;
        }

        slot.SetFailed(failure);
    }

    /// <summary>Marks a vault as closing, open or not, so that nobody else opens it; or says what to wait for before asking again.</summary>
    public (OpenVault Slot, Task? Wait) HoldOff(VaultId id)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_stopped, typeof(VaultHost));
            if (!_slots.TryGetValue(id, out OpenVault? slot))
            {
                slot = new OpenVault(id) { Closing = OpenVault.NewSource() };
                _slots.Add(id, slot);
                return (slot, null);
            }

            return (slot, HoldOff_NeedsLock(slot));
        }
    }

    /// <summary>Lets nobody in any more, and marks some vault as closing; null when none is left.</summary>
    public (OpenVault Slot, Task? Wait)? StopNext()
    {
        lock (_gate)
        {
            _stopped = true;
            return _slots.Values.FirstOrDefault() is { } slot ? (slot, HoldOff_NeedsLock(slot)) : null;
        }
    }

    /// <summary>Done when every lease on a closing vault has been given back.</summary>
    public Task Idle(OpenVault slot)
    {
        lock (_gate)
        {
            if (slot.Leases == 0)
            {
                return Task.CompletedTask;
            }

            slot.Idle = OpenVault.NewSource();
            return slot.Idle.Task;
        }
    }

    /// <summary>Ends a closing: the vault is gone, or it goes on as before.</summary>
    public void EndClosing(OpenVault slot, bool gone)
    {
        TaskCompletionSource? closing;
        lock (_gate)
        {
            (closing, slot.Closing, slot.Idle) = (slot.Closing, null, null);
            if (gone || !slot.IsOpen)
            {
                _slots.Remove(slot.Id);
            }
            else
            {
                _open++;
                _bytes += slot.Bytes;
            }
        }

        closing?.SetResult();
    }

    public static MemOSException VaultExists(VaultId id) => new(ErrorCodes.VaultExists, $"There is a vault '{id}' already. Use it, or choose another name.");

    private static async Task EndOf(Task task) => await task.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    private Task? HoldOff_NeedsLock(OpenVault slot)
    {
        if (slot.Closing is { } closing)
        {
            return closing.Task;
        }

        if (!slot.IsOpen)
        {
            return EndOf(slot.Opened);
        }

        Close_NeedsLock(slot);
        return null;
    }

    private void Close_NeedsLock(OpenVault slot)
    {
        slot.Closing = OpenVault.NewSource();
        _open--;
        _bytes -= slot.Bytes;
    }

    private void SetBytes_NeedsLock(OpenVault slot, long bytes, long at)
    {
        _bytes += slot.Closing is null ? bytes - slot.Bytes : 0;
        (slot.Bytes, slot.MeasuredAt) = (bytes, at);
    }

    private List<OpenVault> TakeSurplus_NeedsLock()
    {
        List<OpenVault> surplus = [];
        if (_open <= maximumOpen && _bytes <= budget)
        {
            return surplus;
        }

        foreach (OpenVault slot in _slots.Values.Where(slot => slot is { Leases: 0, Closing: null, IsOpen: true }).OrderBy(slot => slot.LastUse))
        {
            Close_NeedsLock(slot);
            surplus.Add(slot);
            if (_open <= maximumOpen && _bytes <= budget)
            {
                break;
            }
        }

        return surplus;
    }
}
