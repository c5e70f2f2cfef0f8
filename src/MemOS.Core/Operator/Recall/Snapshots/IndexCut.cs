using MemOS.Operator.Recall.Indexing;
using MemOS.Operator.Recall.Vectors;

namespace MemOS.Operator.Recall.Snapshots;

/// <summary>An index as it was at one moment, to be written while the writer goes on. Documents that were dead then are left out.</summary>
internal sealed class IndexCut
{
    private readonly IndexState _state;
    private readonly Columns _columns;
    private readonly PostingsCut _postings;
    private readonly VectorPlanes _vectors;
    private readonly int _count;
    private readonly int[] _documents;
    private readonly int[] _renumbered;

    /// <summary>Takes a cut. For the index's writer, between two changes; it copies what changes and takes the rest by reference.</summary>
    public IndexCut(IndexState state)
    {
        _state = state;
        _count = state.Count;
        _columns = new Columns(_count, state.Columns);
        _postings = state.Postings.Cut();
        _vectors = state.Vectors;
        _renumbered = new int[_count];
        _documents = new int[state.Live];
        int live = 0;
        for (int document = 0; document < _count; document++)
        {
            bool isDead = _columns.Has(document, DocumentFlags.Dead);
            _renumbered[document] = isDead ? Columns.None : live;
            if (!isDead)
            {
                _documents[live++] = document;
            }
        }
    }

    /// <summary>The embedding space of its vectors.</summary>
    public string Space => _vectors.Space;

    /// <summary>How many documents it has.</summary>
    public int Count => _documents.Length;

    /// <summary>The highest sequence number in it; 0 when it is empty.</summary>
    public long LastSequence()
    {
        long last = 0;
        foreach (int document in _documents)
        {
            last = Math.Max(last, _columns.Sequence[document]);
        }

        return last;
    }

    /// <summary>Writes it.</summary>
    public void Write(SnapshotWriter writer, SnapshotIdentity identity)
    {
        identity.Write(writer.Directory);
        writer.Directory.Write(_documents.Length);
        WriteColumn(writer, _columns.Flags);
        WriteColumn(writer, _columns.Length);
        int[] sessionLengths = WriteSessions(writer);
        WriteLinks(writer, _columns.Previous);
        WriteLinks(writer, _columns.Next);
        WriteLinks(writer, _columns.Parent);
        WriteLinks(writer, _columns.FirstDerived);
        WriteLinks(writer, _columns.NextDerived);
        var values = new ValueNumbers(_state, _columns, _documents);
        _columns.WriteFixed(writer, _documents, values);
        values.Write(writer);
        writer.Directory.Write(sessionLengths.Length);
        PackedColumn.Write<int>(writer, sessionLengths);
        _postings.Write(writer, _documents, _renumbered);
        _vectors.Write(writer, _documents);
        writer.Complete();
    }

    private void WriteColumn<T>(SnapshotWriter writer, T[] column)
        where T : unmanaged
    {
        T[] values = new T[_documents.Length];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = column[_documents[i]];
        }

        PackedColumn.Write<T>(writer, values);
    }

    private void WriteLinks(SnapshotWriter writer, int[] column)
    {
        int[] values = new int[_documents.Length];
        for (int i = 0; i < values.Length; i++)
        {
            int other = column[_documents[i]];
            values[i] = other < 0 ? Columns.None : _renumbered[other];
        }

        PackedColumn.Write<int>(writer, values);
    }

    // Sessions without a live turn are left behind too.
    private int[] WriteSessions(SnapshotWriter writer)
    {
        var numbers = new Dictionary<int, int>();
        var lengths = new List<int>();
        int[] values = new int[_documents.Length];
        for (int i = 0; i < values.Length; i++)
        {
            int session = _columns.Session[_documents[i]];
            if (session < 0)
            {
                values[i] = Columns.None;
                continue;
            }

            if (!numbers.TryGetValue(session, out int number))
            {
                number = lengths.Count;
                numbers.Add(session, number);
                lengths.Add(0);
            }

            values[i] = number;
            lengths[number] += _columns.Length[_documents[i]];
        }

        PackedColumn.Write<int>(writer, values);
        return [.. lengths];
    }
}
