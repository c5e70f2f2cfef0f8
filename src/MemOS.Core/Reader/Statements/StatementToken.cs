namespace MemOS.Reader.Statements;

/// <summary>A word of a sentence.</summary>
/// <param name="Start">Where it begins in the message.</param>
/// <param name="End">Where it ends.</param>
/// <param name="Word">Its number in the language's vocabulary; 0 when it is not there.</param>
/// <param name="Classes">What it can be.</param>
/// <param name="Break">The punctuation before it that separates clauses, or '\0'.</param>
/// <param name="IsQuoted">Whether it stands in a quotation.</param>
internal record struct StatementToken(int Start, int End, int Word, WordClass Classes, char Break, bool IsQuoted)
{
    /// <summary>Whether a rule has set it aside.</summary>
    public bool IsSkipped { get; set; }

    /// <summary>Whether it can be the given class.</summary>
    public readonly bool Is(WordClass classes) => (Classes & classes) != 0;
}
