using System.Collections.Immutable;

namespace MemOS.Reader;

/// <summary>Marks text that recall puts into a prompt, so that it is never read as something new when the prompt comes back as a message.</summary>
public static class InjectionStamp
{
    private const string Open = "<recalled-memory>";
    private const string Close = "</recalled-memory>";

    /// <summary>Puts the stamp around recalled text.</summary>
    public static string Wrap(string recalled)
    {
        ArgumentNullException.ThrowIfNull(recalled);

        // A memory that itself holds the closing mark must not end the stamp early.
        return $"{Open}\n{recalled.Replace(Close, "</ recalled-memory>", StringComparison.OrdinalIgnoreCase)}\n{Close}";
    }

    /// <summary>The spans of a message that are its own: everything outside of stamps, without surrounding white space.</summary>
    /// <returns>Start and length of each span, in order; empty when nothing is left.</returns>
    public static ImmutableArray<(int Start, int Length)> OwnSpans(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (!text.Contains('<') || !text.Contains(Open, StringComparison.OrdinalIgnoreCase)) // most texts have no such mark at all
        {
            return Trimmed(text, 0, text.Length) is { } whole ? [whole] : [];
        }

        ImmutableArray<(int, int)>.Builder spans = ImmutableArray.CreateBuilder<(int, int)>();
        int position = 0;
        while (position < text.Length)
        {
            int open = text.IndexOf(Open, position, StringComparison.OrdinalIgnoreCase);
            if (Trimmed(text, position, open < 0 ? text.Length : open) is { } span)
            {
                spans.Add(span);
            }

            // A stamp that is not closed reaches to the end: rather lose words to the cube than learn what recall said.
            int close = open < 0 ? -1 : text.IndexOf(Close, open, StringComparison.OrdinalIgnoreCase);
            position = close < 0 ? text.Length : close + Close.Length;
        }

        return spans.ToImmutable();
    }

    private static (int Start, int Length)? Trimmed(string text, int start, int end)
    {
        while (start < end && char.IsWhiteSpace(text[start]))
        {
            start++;
        }

        while (end > start && char.IsWhiteSpace(text[end - 1]))
        {
            end--;
        }

        return end > start ? (start, end - start) : null;
    }
}
