using MemOS.Operator.Recall.Snapshots;

namespace MemOS.Operator.Recall.Indexing;

/// <summary>One property of every document, written once when the document is added: the first ones may stand in a snapshot, the others in memory.</summary>
/// <remarks>One writer appends; readers use the documents that they counted, without locks. Pages are never moved once full; only the first grows.</remarks>
/// <typeparam name="T">The type of the values.</typeparam>
internal sealed class Column<T>
    where T : unmanaged
{
    // Small enough to stay out of the heap of large objects, whose growth would bring on full collections.
    private const int PageBits = 11;
    private const int PageSize = 1 << PageBits;
    private const int SmallestPage = 16;

    private readonly PackedColumn? _packed;
    private readonly int _packedCount;
    private T[][] _pages = [];

    /// <summary>Makes an empty column.</summary>
    public Column()
    {
    }

    /// <summary>Continues a column of a snapshot.</summary>
    public Column(PackedColumn packed, int count) => (_packed, _packedCount) = (packed, count);

    /// <summary>The value of a document.</summary>
    public T this[int document] => document < _packedCount && _packed is not null ? _packed.Get<T>(document) : Added(document - _packedCount);

    /// <summary>The value of a document, without bringing those of all others of a snapshot into memory.</summary>
    public T Pick(int document) => document < _packedCount && _packed is not null ? _packed.Pick<T>(document) : Added(document - _packedCount);

    /// <summary>Sets the value of a document that no reader counts yet. For the writer.</summary>
    public void Set(int document, T value)
    {
        int at = document - _packedCount;
        int page = at >> PageBits;
        if (page >= _pages.Length)
        {
            T[][] more = new T[page + 1 + (page >> 1)][];
            more.AsSpan().Fill([]);
            _pages.CopyTo(more, 0);
            Volatile.Write(ref _pages, more);
        }

        int place = at & (PageSize - 1);
        T[] values = _pages[page];
        if (place >= values.Length)
        {
            T[] larger = new T[page > 0 ? PageSize : Math.Min(PageSize, Math.Max(SmallestPage, 2 * place))];
            values.CopyTo(larger, 0);
            Volatile.Write(ref _pages[page], values = larger);
        }

        values[place] = value;
    }

    private T Added(int at) => Volatile.Read(ref Volatile.Read(ref _pages)[at >> PageBits])[at & (PageSize - 1)];
}
