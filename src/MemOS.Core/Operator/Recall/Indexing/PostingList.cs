namespace MemOS.Operator.Recall.Indexing;

/// <summary>The documents that a term occurs in, rising, each packed with the frequency: <c>document &lt;&lt; 8 | frequency</c>.</summary>
/// <remarks>One writer appends; readers see a prefix.</remarks>
internal sealed class PostingList
{
    /// <summary>More documents than this do not fit the packing.</summary>
    public const int MaximumDocument = 0xFFFFFF;

    private uint[] _entries;
    private int _count;
    private int _live;

    /// <summary>Makes an empty list.</summary>
    public PostingList() => _entries = new uint[2];

    /// <summary>Makes a list of live documents. It owns the array from then on.</summary>
    public PostingList(uint[] entries) => (_entries, _count, _live) = (entries, entries.Length, entries.Length);

    /// <summary>How many of the documents are alive.</summary>
    public int Live => Volatile.Read(ref _live);

    /// <summary>The entries, dead documents included.</summary>
    public ReadOnlySpan<uint> Entries
    {
        get
        {
            int count = Volatile.Read(ref _count); // before the array, which is at least as new
            return Volatile.Read(ref _entries).AsSpan(0, count);
        }
    }

    /// <summary>Appends a document with a higher number than all before.</summary>
    public void Add(int document, byte frequency)
    {
        if (_count == _entries.Length)
        {
            uint[] larger = new uint[_count + (_count >> 1) + 2];
            _entries.CopyTo(larger, 0);
            Volatile.Write(ref _entries, larger);
        }

        _entries[_count] = ((uint)document << 8) | frequency;
        Volatile.Write(ref _live, _live + 1);
        Volatile.Write(ref _count, _count + 1);
    }

    /// <summary>Counts one of the documents as dead.</summary>
    public void MarkDead() => Volatile.Write(ref _live, _live - 1);

    /// <summary>How often the term occurs in a document; 0 when it does not.</summary>
    public int FrequencyIn(int document)
    {
        ReadOnlySpan<uint> entries = Entries;
        int at = entries.BinarySearch((uint)document << 8);
        at = at < 0 ? ~at : at;
        return at < entries.Length && entries[at] >> 8 == (uint)document ? (int)(entries[at] & 0xFF) : 0;
    }
}
