namespace MemOS.Operator.Recall.Excerpts;

/// <summary>Cuts a text into sentences and lines.</summary>
internal static class SentenceSpans
{
    /// <summary>The sentences of a text without the white space around them, in order. Every other character of the text is in one.</summary>
    public static List<TextSpan> Of(ReadOnlySpan<char> text)
    {
        var spans = new List<TextSpan>();
        int start = 0;
        for (int i = 0; i < text.Length; i++)
        {
            int end = text[i] is '\n' ? i : EndsAt(text, i);
            if (end >= 0)
            {
                Add(text, start, end, spans);
                start = i = end;
            }
        }

        Add(text, start, text.Length, spans);
        return spans;
    }

    // Where the sentence ends that this character ends, or -1.
    private static int EndsAt(ReadOnlySpan<char> text, int at)
    {
        if (text[at] is '。' or '！' or '？')
        {
            return at + 1;
        }

        if (text[at] is not ('.' or '!' or '?' or '…' or '؟' or '।'))
        {
            return -1;
        }

        int end = at + 1;
        while (end < text.Length && text[end] is '.' or '!' or '?' or '…' or '"' or '\'' or ')' or ']' or '”' or '’' or '»')
        {
            end++;
        }

        if (end == text.Length)
        {
            return end;
        }

        // "e.g. this" goes on, and so does "Dr. Olsen".
        int next = end;
        while (next < text.Length && char.IsWhiteSpace(text[next]))
        {
            next++;
        }

        return next > end && (next == text.Length || !(text[at] is '.' && (char.IsLower(text[next]) || IsTitle(text[..at])))) ? end : -1;
    }

    private static bool IsTitle(ReadOnlySpan<char> before)
    {
        int start = before.Length;
        while (start > 0 && char.IsLetter(before[start - 1]))
        {
            start--;
        }

        return before[start..] is "Dr" or "Mr" or "Mrs" or "Ms" or "Prof" or "St" or "Sr" or "Jr" or "No" or "vs";
    }

    private static void Add(ReadOnlySpan<char> text, int start, int end, List<TextSpan> spans)
    {
        while (start < end && char.IsWhiteSpace(text[start]))
        {
            start++;
        }

        while (end > start && char.IsWhiteSpace(text[end - 1]))
        {
            end--;
        }

        if (end > start)
        {
            spans.Add(new TextSpan(start, end - start));
        }
    }
}
