using System.Runtime.InteropServices;

namespace MemOS.Operator.Recall.Indexing;

/// <summary>Finds the live document of a cube. For the writer. Documents are entered when it next asks.</summary>
/// <remarks>Open addressing over document numbers; the ids stand in their column.</remarks>
internal sealed class CubeTable
{
    private const int Empty = 0;
    private const int Removed = -1;

    private int[] _slots = new int[64]; // number + 1
    private int _used;
    private int _entered;

    /// <summary>The document of a cube, or -1.</summary>
    public int Find(Columns columns, int count, Guid id)
    {
        CatchUp(columns, count);
        int slot = SlotOf(columns.Id, id);
        return slot < 0 ? Columns.None : _slots[slot] - 1;
    }

    /// <summary>Takes out a cube that was found.</summary>
    public void Remove(Columns columns, Guid id)
    {
        int slot = SlotOf(columns.Id, id);
        if (slot >= 0)
        {
            _slots[slot] = Removed;
        }
    }

    private void CatchUp(Columns columns, int count)
    {
        if (_entered == count)
        {
            return;
        }

        int room = _used + count - _entered;
        if (room * 2 > _slots.Length)
        {
            _slots = new int[(int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)room * 2 + 64)];
            _used = 0;
            _entered = 0;
        }

        for (; _entered < count; _entered++)
        {
            if (!columns.Has(_entered, DocumentFlags.Dead))
            {
                Enter(columns.Id[_entered], _entered);
            }
        }
    }

    private void Enter(Guid id, int document)
    {
        int slot = First(id);
        while (_slots[slot] != Empty)
        {
            slot = (slot + 1) & (_slots.Length - 1);
        }

        _slots[slot] = document + 1;
        _used++;
    }

    private int SlotOf(Column<Guid> ids, Guid id)
    {
        for (int slot = First(id); _slots[slot] != Empty; slot = (slot + 1) & (_slots.Length - 1))
        {
            if (_slots[slot] > 0 && ids[_slots[slot] - 1] == id)
            {
                return slot;
            }
        }

        return -1;
    }

    private int First(Guid id)
    {
        ReadOnlySpan<ulong> halves = MemoryMarshal.Cast<Guid, ulong>(MemoryMarshal.CreateReadOnlySpan(ref id, 1));
        ulong hash = (halves[0] ^ System.Numerics.BitOperations.RotateLeft(halves[1], 29)) * 0x9E3779B97F4A7C15;
        return (int)(hash >> 32) & (_slots.Length - 1);
    }
}
