using MemOS.Operator.Recall.Snapshots;

namespace MemOS.Operator.Recall.Indexing;

/// <summary>The inverted file: a posting list for each term, and for the writer the terms of each document. It may continue one of a snapshot.</summary>
/// <remarks>The terms of the snapshot come first. A list of it is read when somebody asks for it, and kept.</remarks>
internal sealed class Postings
{
    private const int PageSize = 1 << 14;

    private readonly PackedPostings? _packed;
    private readonly int _packedTerms;
    private readonly int _packedDocuments;
    private readonly TermTable _terms = new();
    private PostingList?[] _lists;

    // The terms of each document, packed like postings, in pages of PageSize. A document never crosses pages.
    private readonly List<uint[]> _forward = [];
    private readonly List<ForwardEntry> _entries = [];
    private int _used = PageSize;
    private long _bytes;

    /// <summary>Makes an inverted file that continues one of a snapshot, or an empty one.</summary>
    public Postings(PackedPostings? packed = null)
    {
        _packed = packed;
        _packedTerms = packed?.TermCount ?? 0;
        _packedDocuments = packed?.DocumentCount ?? 0;
        _lists = new PostingList?[_packedTerms + 32];
    }

    /// <summary>About how many bytes of memory it takes.</summary>
    public long Bytes => Volatile.Read(ref _bytes) + (20L * Volatile.Read(ref _lists).Length);

    /// <summary>The list of a term, or null when no document had it.</summary>
    public PostingList? Find(ulong key)
    {
        int number = NumberOf(key);
        return number < 0 ? null : ListOf(number);
    }

    /// <summary>Whether a document had a term. Reads no list.</summary>
    public bool Knows(ulong key) => NumberOf(key) >= 0;

    /// <summary>What there is now, for a writer of snapshots. For the writer, before it adds more.</summary>
    public PostingsCut Cut() => new(this, _packed, _packedTerms + _terms.Count, _lists, [.. _entries], [.. _forward]);

    /// <summary>The key of a term.</summary>
    public ulong KeyOf(int number) => number < _packedTerms && _packed is not null ? _packed.KeyOf(number) : _terms.KeyOf(number - _packedTerms);

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
            ListOf((int)(packed >> 8)).MarkDead();
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
            PostingList list = FindOrAdd(source.KeyOf((int)(terms[i] >> 8)), out int number);
            list.Add(document, frequency);
            forward[i] = ((uint)number << 8) | frequency;
        }
    }

    private ReadOnlySpan<uint> Terms(int document)
    {
        if (document < _packedDocuments && _packed is not null)
        {
            return _packed.ReadTerms(document);
        }

        ForwardEntry entry = _entries[document - _packedDocuments];
        return entry.Count == 0 ? default : _forward[entry.Page].AsSpan(entry.Start, entry.Count);
    }

    private int NumberOf(ulong key)
    {
        int number = _packed?.Find(key) ?? -1;
        return number >= 0 ? number : _terms.Find(key) is var added && added >= 0 ? _packedTerms + added : -1;
    }

    private PostingList ListOf(int number)
    {
        PostingList?[] lists = Volatile.Read(ref _lists);
        return Volatile.Read(ref lists[number]) ?? Unpack(lists, number);
    }

    // Several threads may unpack the same list; one wins, and that one is written to.
    private PostingList Unpack(PostingList?[] lists, int number)
    {
        var list = new PostingList(_packed!.ReadList(number)); // a term without list is one of the snapshot's
        Interlocked.Add(ref _bytes, 4L * list.Entries.Length);
        return Interlocked.CompareExchange(ref lists[number], list, null) ?? list;
    }

    private PostingList FindOrAdd(ulong key, out int number)
    {
        number = NumberOf(key);
        if (number >= 0)
        {
            return ListOf(number);
        }

        // The list stands in its place before a reader can learn its number.
        number = _packedTerms + _terms.Count;
        if (number == _lists.Length)
        {
            PostingList?[] larger = new PostingList?[number * 2];
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

        Interlocked.Add(ref _bytes, 8L * count);
        var entry = new ForwardEntry(_forward.Count - 1, _used, count);
        _entries.Add(entry);
        _used += count;
        return _forward[^1].AsSpan(entry.Start, count);
    }
}
