using System.Text.RegularExpressions;

namespace MemOS.Evaluation.Metrics;

/// <summary>
/// Whether what was returned still holds the words of the reference answer: the check on excerpts, which could hold the right message and leave out what it is about.
/// </summary>
/// <remarks>Words of four letters or more, and numbers; no case, no stems. Only those that stand in the evidence itself can be asked for.</remarks>
internal static partial class AnswerWords
{
    /// <summary>The words of a text.</summary>
    public static HashSet<string> Of(string? text) => Of([text ?? ""]);

    /// <summary>The words of several texts.</summary>
    public static HashSet<string> Of(IEnumerable<string> texts) =>
        texts.SelectMany(text => Words().Matches(text).Select(match => match.Value)).ToHashSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>The share of words that stand in texts; null when there are no words.</summary>
    public static double? ShareIn(IEnumerable<string> texts, HashSet<string> words)
    {
        HashSet<string> found = Of(texts);
        return words.Count == 0 ? null : words.Count(found.Contains) / (double)words.Count;
    }

    [GeneratedRegex(@"\p{L}{4,}|\d+", RegexOptions.CultureInvariant)]
    private static partial Regex Words();
}
