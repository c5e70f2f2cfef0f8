namespace MemOS.Reader.Documents;

/// <summary>Finds where a stretch of text that is too long is best cut.</summary>
internal static class ProseCutter
{
    /// <summary>
    /// A length to cut at, at most <paramref name="maximum"/>: after a sentence if one ends beyond <paramref name="minimum"/>, else after
    /// a line, else after a word, else anywhere but inside a surrogate pair.
    /// </summary>
    public static int Cut(ReadOnlySpan<char> text, int minimum, int maximum)
    {
        if (text.Length <= maximum)
        {
            return text.Length;
        }

        var (line, word) = (0, 0);
        for (var i = maximum; i > minimum; i--)
        {
            if (EndsSentence(text, i))
            {
                return i;
            }

            line = line == 0 && text[i - 1] == '\n' ? i : line;
            word = word == 0 && char.IsWhiteSpace(text[i - 1]) ? i : word;
        }

        var cut = line > 0 ? line : word > 0 ? word : maximum;
        return char.IsHighSurrogate(text[cut - 1]) && char.IsLowSurrogate(text[cut]) ? cut - 1 : cut;
    }

    private static bool EndsSentence(ReadOnlySpan<char> text, int i) =>
        text[i - 1] is '\u3002' or '\uFF01' or '\uFF1F'
        || (i >= 2 && char.IsWhiteSpace(text[i - 1]) && text[i - 2] is '.' or '!' or '?' or '\u2026');
}
