namespace MemOS.Vaults.Sqlite;

/// <summary>
/// Which versions may hold a text with a given hash: what the writer asks for each message that it stores. Filled from the database when it is first asked,
/// kept up while versions are written; 8 bytes a version, and a quarter to five eighths of all free. For the thread that has the writer's turn.
/// </summary>
/// <remarks>
/// It says where to look, not what is there. Versions that ended are in it too, those that were erased or rolled back stay until the session ends, and a
/// slot holds half of the hash: whoever asks reads the row and compares. Versions after the first 2^32 are not noted; their texts are not merged.
/// </remarks>
internal sealed class TextTable(Database database)
{
    private const int Smallest = 1024;
    private const int MostAtOnce = 1 << 20;

    // A part of the hash above, the sequence number below; 0 is a free slot, for sequence numbers begin at 1.
    private ulong[]? _slots;
    private int _count;

    /// <summary>Notes a version's text.</summary>
    public void Add(long hash, long sequence)
    {
        // What is written before the first question is found by filling.
        if (_slots is not null && sequence <= uint.MaxValue)
        {
            Insert(((ulong)Part(hash) << 32) | (uint)sequence);
        }
    }

    /// <summary>The sequence numbers of versions that may hold the text, rising.</summary>
    public IReadOnlyList<long> Find(long hash)
    {
        ulong[] slots = _slots ?? Fill();
        List<long>? found = null;
        uint part = Part(hash);
        int mask = slots.Length - 1;
        for (int at = (int)part & mask; slots[at] != 0; at = (at + 1) & mask)
        {
            if ((uint)(slots[at] >> 32) == part)
            {
                (found ??= []).Add((uint)slots[at]);
            }
        }

        found?.Sort();
        return found ?? (IReadOnlyList<long>)[];
    }

    private static uint Part(long hash) => (uint)((ulong)hash >> 32);

    private static void Put(ulong[] slots, ulong slot)
    {
        int mask = slots.Length - 1;
        int at = (int)(slot >> 32) & mask;
        while (slots[at] != 0)
        {
            at = (at + 1) & mask;
        }

        slots[at] = slot;
    }

    private ulong[] Fill()
    {
        long most = Math.Min(database.RunInt64("SELECT ifnull(max(sequence), 0) FROM version"), MostAtOnce);
        _slots = new ulong[Math.Max(Smallest, (int)System.Numerics.BitOperations.RoundUpToPowerOf2((ulong)most * 4 / 3))]; // as large as it may need to be, so that nothing moves
        Statement row = database.Lend( // a slot each
            "SELECT (text_hash & -4294967296) | sequence FROM version INDEXED BY version_chain WHERE text_hash IS NOT NULL AND sequence < 4294967296");
        try
        {
            while (row.Step())
            {
                Insert((ulong)row.Int64(0));
            }
        }
        catch
        {
            (_slots, _count) = (null, 0);
            throw;
        }
        finally
        {
            database.Return(row);
        }

        return _slots;
    }

    private void Insert(ulong slot)
    {
        if (++_count > _slots!.Length / 4 * 3) // whoever inserts has filled
        {
            ulong[] larger = new ulong[_slots.Length * 2];
            foreach (ulong known in _slots)
            {
                if (known != 0)
                {
                    Put(larger, known);
                }
            }

            _slots = larger;
        }

        Put(_slots, slot);
    }
}
