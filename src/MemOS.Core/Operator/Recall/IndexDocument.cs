using MemOS.Operator.Recall.Indexing;
using MemOS.Vaults;

namespace MemOS.Operator.Recall;

/// <summary>A cube's text analysed for the recall index: words counted, text embedded. Made off the writer's thread by <see cref="DocumentAnalyzer"/>.</summary>
/// <remarks>Immutable. Holds hashes of words, never the text.</remarks>
public sealed class IndexDocument
{
    internal IndexDocument(ulong[] terms, byte[] frequencies, int lexicalTerms, int length, int textLength, bool asks, DocumentTraits traits, CubeVector? vector) =>
        (Terms, Frequencies, LexicalTerms, Length, TextLength, Asks, Traits, Vector) =
            (terms, frequencies, lexicalTerms, length, textLength, asks, traits, vector);

    /// <summary>The embedding, or null when there is none.</summary>
    public CubeVector? Vector { get; }

    /// <summary>The distinct terms: first <see cref="LexicalTerms"/> words in rising order, then the names that the entity leg looks for.</summary>
    internal ulong[] Terms { get; }

    /// <summary>How often each of <see cref="Terms"/> occurs, at most 255.</summary>
    internal byte[] Frequencies { get; }

    /// <summary>How many of <see cref="Terms"/> are words.</summary>
    internal int LexicalTerms { get; }

    /// <summary>The number of words, with repetitions.</summary>
    internal int Length { get; }

    /// <summary>The length of the text in UTF-16 characters.</summary>
    internal int TextLength { get; }

    /// <summary>Whether the text ends with a question.</summary>
    internal bool Asks { get; }

    /// <summary>What the wording tells.</summary>
    internal DocumentTraits Traits { get; }
}
