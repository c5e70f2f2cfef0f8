using System.Buffers;
using MemOS.Operator.Recall.Indexing;
using MemOS.Text;

namespace MemOS.Operator.Recall;

/// <summary>Collects the keys of the terms of texts, with repetitions, in the order in which they come.</summary>
internal ref struct TermCounter(Span<ulong> initial) : ITermSink
{
    private Span<ulong> _keys = initial;
    private ulong[]? _rented;

    /// <summary>How many terms came.</summary>
    public int Count { get; private set; }

    /// <summary>The keys.</summary>
    public readonly Span<ulong> Keys => _keys[..Count];

    /// <inheritdoc/>
    public void Add(scoped ReadOnlySpan<char> term)
    {
        if (Count == _keys.Length)
        {
            ulong[] larger = ArrayPool<ulong>.Shared.Rent(Count * 2);
            _keys.CopyTo(larger);
            Return();
            _keys = _rented = larger;
        }

        _keys[Count++] = TermKey.Of(term);
    }

    /// <summary>Forgets the keys from a place on.</summary>
    public void CutAt(int count) => Count = count;

    /// <summary>Gives back what was rented.</summary>
    public readonly void Return()
    {
        if (_rented is not null)
        {
            ArrayPool<ulong>.Shared.Return(_rented);
        }
    }
}
