using System.Buffers;
using MemOS.Operator.Recall.Indexing;
using MemOS.Text;

namespace MemOS.Operator.Recall.Vectors;

/// <summary>Collects the terms of a text for <see cref="HashingEmbedder"/>: their characters end to end, and the key and place of each.</summary>
internal ref struct FeatureSink(Span<char> characters, Span<FeatureTerm> terms) : ITermSink
{
    private Span<char> _characters = characters;
    private Span<FeatureTerm> _terms = terms;
    private char[]? _rentedCharacters;
    private FeatureTerm[]? _rentedTerms;
    private int _used;

    /// <summary>How many terms there are.</summary>
    public int Count { get; private set; }

    /// <summary>The terms.</summary>
    public readonly Span<FeatureTerm> Terms => _terms[..Count];

    /// <summary>The characters of a term.</summary>
    public readonly ReadOnlySpan<char> CharactersOf(in FeatureTerm term) => _characters.Slice(term.Start, term.Length);

    /// <inheritdoc/>
    public void Add(scoped ReadOnlySpan<char> term)
    {
        if (_used + term.Length > _characters.Length)
        {
            Grow(ref _characters, ref _rentedCharacters, _used + term.Length);
        }

        if (Count == _terms.Length)
        {
            Grow(ref _terms, ref _rentedTerms, Count + 1);
        }

        term.CopyTo(_characters[_used..]);
        _terms[Count++] = new FeatureTerm(TermKey.Of(term), _used, term.Length);
        _used += term.Length;
    }

    /// <summary>Gives back what was rented.</summary>
    public readonly void Return()
    {
        if (_rentedCharacters is not null)
        {
            ArrayPool<char>.Shared.Return(_rentedCharacters, clearArray: true); // holds text
        }

        if (_rentedTerms is not null)
        {
            ArrayPool<FeatureTerm>.Shared.Return(_rentedTerms);
        }
    }

    private static void Grow<T>(ref Span<T> span, ref T[]? rented, int needed)
    {
        T[] larger = ArrayPool<T>.Shared.Rent(Math.Max(needed, span.Length * 2));
        span.CopyTo(larger);
        if (rented is not null)
        {
            ArrayPool<T>.Shared.Return(rented, clearArray: true);
        }

        span = rented = larger;
    }
}
