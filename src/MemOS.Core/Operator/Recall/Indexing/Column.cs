namespace MemOS.Operator.Recall.Indexing;

/// <summary>One property of every document, written once when the document is added.</summary>
/// <remarks>One writer appends; readers use the documents that they counted, without locks.</remarks>
/// <typeparam name="T">The type of the values.</typeparam>
internal sealed class Column<T>
    where T : unmanaged
{
    private T[] _values = new T[16];

    /// <summary>The value of a document.</summary>
    public T this[int document] => Volatile.Read(ref _values)[document];

    /// <summary>Sets the value of a document that no reader counts yet. For the writer.</summary>
    public void Set(int document, T value)
    {
        if (document >= _values.Length)
        {
            T[] larger = new T[Math.Max(document + 1, _values.Length + (_values.Length >> 1))];
            _values.CopyTo(larger, 0);
            Volatile.Write(ref _values, larger);
        }

        _values[document] = value;
    }
}
