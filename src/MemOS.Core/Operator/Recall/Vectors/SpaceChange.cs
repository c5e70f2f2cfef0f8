using MemOS.Operator.Recall.Indexing;
using MemOS.Vaults;

namespace MemOS.Operator.Recall.Vectors;

/// <summary>The documents of an index getting the vectors of another embedding space, which are in the vault already.</summary>
/// <remarks>One thread at a time. <see cref="Gather"/> runs beside the index's writer, <see cref="TryComplete"/> in its place.</remarks>
/// <param name="state">The index.</param>
/// <param name="space">The new space.</param>
internal sealed class SpaceChange(IndexState state, string space)
{
    private readonly VectorPlanes _planes = new(space);
    private float[] _values = [];
    private int _next;

    /// <summary>Takes the vectors of the documents that came since the last call from the vault.</summary>
    public void Gather(IVaultReader reader)
    {
        for (int count = state.Count; _next < count; _next++)
        {
            _planes.Set(_next, state.Columns.Has(_next, DocumentFlags.Dead) ? default : Read(reader, state.Columns.Sequence[_next]));
        }
    }

    /// <summary>Gives the vectors to the index; false when it is no longer the same or a document has come since <see cref="Gather"/>.</summary>
    public bool TryComplete(IndexState current)
    {
        if (!ReferenceEquals(current, state) || _next != state.Count)
        {
            return false;
        }

        state.Replace(_planes);
        return true;
    }

    private ReadOnlySpan<float> Read(IVaultReader reader, long sequence)
    {
        if (_values.Length == 0)
        {
            _values = reader.FindVector(sequence, space)?.Values.ToArray() ?? [];
            return _values;
        }

        return reader.TryReadVector(sequence, space, _values) ? _values : default;
    }
}
