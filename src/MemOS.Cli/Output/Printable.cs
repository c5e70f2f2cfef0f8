namespace MemOS.Cli.Output;

/// <summary>Makes content fit for a terminal: control characters, which could move the cursor or hide text, are shown as U+FFFD.</summary>
internal static class Printable
{
    /// <summary>The text with its line breaks.</summary>
    public static string Lines(string text) => text.Any(IsHarmful) ? string.Concat(text.Select(c => IsHarmful(c) ? '\uFFFD' : c)) : text;

    /// <summary>The text on one line, cut after a number of characters.</summary>
    public static string Line(string? text, int longest = int.MaxValue)
    {
        string line = Lines((text ?? "").ReplaceLineEndings(" ")).Replace('\t', ' ');
        return line.Length <= longest ? line : string.Concat(line.AsSpan(0, char.IsHighSurrogate(line[longest - 2]) ? longest - 2 : longest - 1), "…");
    }

    // Besides C0 and C1: the marks that turn the direction of writing, which can disguise what is shown.
    private static bool IsHarmful(char c) => (char.IsControl(c) && c is not ('\n' or '\t' or '\r')) || c is (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');
}
