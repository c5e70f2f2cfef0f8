using MemOS.Operator.Recall.Snapshots;

namespace MemOS.Operator.Recall.Indexing;

/// <summary>One property of every document, written once when the document is added: the first ones may stand in a snapshot, the others in memory.</summary>
/// <remarks>One writer appends; readers use the documents that they counted, without locks.</remarks>
/// <typeparam name="T">The type of the values.</typeparam>
internal sealed class Column<T>
    where T : unmanaged
{
    private readonly PackedColumn? _packed;
    private readonly int _packedCount;
    private T[] _values = [];

    /// <summary>Makes an empty column.</summary>
    public Column()
    {
    }

    /// <summary>Continues a column of a snapshot.</summary>
    public Column(PackedColumn packed, int count) => (_packed, _packedCount) = (packed, count);

    /// <summary>The value of a document.</summary>
    public T this[int document] =>
        document < _packedCount && _packed is not null ? _packed.Get<T>(document) : Volatile.Read(ref _values)[document - _packedCount];

    /// <summary>The value of a document, without bringing those of all others of a snapshot into memory.</summary>
    public T Pick(int document) =>
        document < _packedCount && _packed is not null ? _packed.Pick<T>(document) : Volatile.Read(ref _values)[document - _packedCount];

    /// <summary>Sets the value of a document that no reader counts yet. For the writer.</summary>
    public void Set(int document, T value)
    {
        int at = document - _packedCount;
        if (at >= _values.Length)
        {
            T[] larger = new T[Math.Max(16, at + (at >> 1) + 1)];
            _values.CopyTo(larger, 0);
            Volatile.Write(ref _values, larger);
        }

        _values[at] = value;
    }
}
