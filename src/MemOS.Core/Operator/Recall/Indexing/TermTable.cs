namespace MemOS.Operator.Recall.Indexing;

/// <summary>Numbers 64-bit keys from 0. Open addressing; one writer, any number of readers, none of which waits.</summary>
internal sealed class TermTable
{
    private volatile Slots _slots = new(64);
    private ulong[] _keys = new ulong[32];

    /// <summary>How many keys there are. For the writer.</summary>
    public int Count { get; private set; }

    /// <summary>The number of a key, or -1.</summary>
    public int Find(ulong key)
    {
        Slots slots = _slots;
        ulong[] keys = slots.Keys;
        for (int i = (int)(key >> slots.Shift); ; i = (i + 1) & (keys.Length - 1))
        {
            ulong found = Volatile.Read(ref keys[i]);
            if (found == key)
            {
                return slots.Numbers[i];
            }

            if (found == 0)
            {
                return -1;
            }
        }
    }

    /// <summary>The number of a key, new if need be. For the writer.</summary>
    public int FindOrAdd(ulong key)
    {
        int number = Find(key);
        if (number >= 0)
        {
            return number;
        }

        if ((Count + 1) * 3 > _slots.Keys.Length * 2)
        {
            Grow();
        }

        number = Count++;
        if (number == _keys.Length)
        {
            Array.Resize(ref _keys, number * 2);
        }

        _keys[number] = key;
        Insert(_slots, key, number);
        return number;
    }

    /// <summary>The key with a number. For the writer.</summary>
    public ulong KeyOf(int number) => _keys[number];

    private void Grow()
    {
        var larger = new Slots(_slots.Keys.Length * 2);
        for (int number = 0; number < Count; number++)
        {
            Insert(larger, _keys[number], number);
        }

        _slots = larger;
    }

    private static void Insert(Slots slots, ulong key, int number)
    {
        ulong[] keys = slots.Keys;
        int i = (int)(key >> slots.Shift);
        while (keys[i] != 0)
        {
            i = (i + 1) & (keys.Length - 1);
        }

        slots.Numbers[i] = number;
        Volatile.Write(ref keys[i], key);
    }

    private sealed class Slots(int capacity)
    {
        public readonly ulong[] Keys = new ulong[capacity];
        public readonly int[] Numbers = new int[capacity];
        public readonly int Shift = 64 - int.Log2(capacity);
    }
}
