namespace MemOS.Operator.Recall.Indexing;

/// <summary>The inverted file: a posting list for each term, and for the writer the terms of each document.</summary>
internal sealed class Postings
{
    private const int PageSize = 1 << 14;

    private readonly TermTable _terms = new();
    private PostingList[] _lists = new PostingList[32];

    // The terms of each document, packed like postings, in pages of PageSize. A document never crosses pages.
    private readonly List<uint[]> _forward = [];
    private readonly List<ForwardEntry> _entries = [];
    private int _used = PageSize;

    /// <summary>How many terms there are. For the writer.</summary>
    public int TermCount => _terms.Count;

    /// <summary>The list of a term, or null when no document had it.</summary>
    public PostingList? Find(ulong key)
    {
        int number = _terms.Find(key);
        return number < 0 ? null : Volatile.Read(ref _lists)[number];
    }

    /// <summary>Adds the next document. For the writer.</summary>
    public void Add(int document, ReadOnlySpan<ulong> keys, ReadOnlySpan<byte> frequencies)
    {
        Span<uint> forward = Reserve(keys.Length);
        for (int i = 0; i < keys.Length; i++)
        {
            PostingList list = FindOrAdd(keys[i], out int number);
            list.Add(document, frequencies[i]);
            forward[i] = ((uint)number << 8) | frequencies[i];
        }
    }

    /// <summary>Counts a document's postings as dead. For the writer.</summary>
    public void MarkDead(int document)
    {
        foreach (uint packed in Terms(document))
        {
            _lists[packed >> 8].MarkDead();
        }
    }

    /// <summary>Adds a document of another inverted file to this one. For the writer of both.</summary>
    public void Copy(int document, Postings source, int sourceDocument)
    {
        ReadOnlySpan<uint> terms = source.Terms(sourceDocument);
        Span<uint> forward = Reserve(terms.Length);
        for (int i = 0; i < terms.Length; i++)
        {
            byte frequency = (byte)terms[i];
            PostingList list = FindOrAdd(source._terms.KeyOf((int)(terms[i] >> 8)), out int number);
            list.Add(document, frequency);
            forward[i] = ((uint)number << 8) | frequency;
        }
    }

    private ReadOnlySpan<uint> Terms(int document)
    {
        ForwardEntry entry = _entries[document];
        return entry.Count == 0 ? default : _forward[entry.Page].AsSpan(entry.Start, entry.Count);
    }

    private PostingList FindOrAdd(ulong key, out int number)
    {
        number = _terms.Find(key);
        if (number >= 0)
        {
            return _lists[number];
        }

        // The list stands in its place before a reader can learn its number.
        number = _terms.Count;
        if (number == _lists.Length)
        {
            PostingList[] larger = new PostingList[number * 2];
            _lists.CopyTo(larger, 0);
            Volatile.Write(ref _lists, larger);
        }

        var list = new PostingList();
        Volatile.Write(ref _lists[number], list);
        _terms.FindOrAdd(key);
        return list;
    }

    private Span<uint> Reserve(int count)
    {
        if (count == 0)
        {
            _entries.Add(default);
            return default;
        }

        if (_used + count > PageSize)
        {
            _forward.Add(new uint[Math.Max(PageSize, count)]);
            _used = 0;
        }

        var entry = new ForwardEntry(_forward.Count - 1, _used, count);
        _entries.Add(entry);
        _used += count;
        return _forward[^1].AsSpan(entry.Start, count);
    }
}
