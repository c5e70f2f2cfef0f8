namespace MemOS.Text.Classes;

/// <summary>One class of things: the words that mean a member of it.</summary>
internal readonly struct WordClass(WordClasses table, int first, int end)
{
    /// <summary>How many words there are.</summary>
    public int Count => end - first;

    /// <summary>A word, in UTF-8: a term of <see cref="TextAnalyzer"/>, or several with a space between them.</summary>
    public ReadOnlySpan<byte> Word(int index) => table.WordOf(first + index);

    /// <summary>How often the word means a member of the class, of all that it can mean. 0.5 to 1.</summary>
    public float Share(int index) => table.ShareOf(first + index);
}
