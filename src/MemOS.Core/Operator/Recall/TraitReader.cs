using System.Collections.Frozen;
using MemOS.Operator.Recall.Indexing;

namespace MemOS.Operator.Recall;

/// <summary>Tells the <see cref="DocumentTraits"/> of a text from single words and pairs of words. Knows English; in other languages numbers, names, questions and captions.</summary>
internal static class TraitReader
{
    private const int LongestWord = 12;

    private static readonly FrozenDictionary<string, DocumentTraits>.AlternateLookup<ReadOnlySpan<char>> Words = Table(
        (DocumentTraits.OfSelf, "i me my mine myself we us our ours ourselves"),
        (DocumentTraits.OfOther, "you your yours yourself"),
        (DocumentTraits.SaysWhen, "yesterday today tonight tomorrow ago january february march april june july august september october november december "
            + "monday tuesday wednesday thursday friday saturday sunday"),
        (DocumentTraits.Counts, "one two three four five six seven eight nine ten eleven twelve dozen twice once couple several few hundred thousand"),
        (DocumentTraits.Directs, "always never must please prefer avoid nobody nothing only every whenever ensure forbidden allowed"));

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Relative = Set("last next this past few every");

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Units = Set(
        "day days week weeks weekend month months year years night morning evening summer winter spring autumn fall mon tues wed thurs fri sat sun");

    /// <summary>The traits of a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="named">Whether names were found in it.</param>
    public static DocumentTraits Of(ReadOnlySpan<char> text, bool named)
    {
        DocumentTraits traits = named ? DocumentTraits.Names : 0;
        traits |= text.ContainsAny("?？؟") ? DocumentTraits.Inquires : 0;
        traits |= text.Contains("[image: ", StringComparison.Ordinal) ? DocumentTraits.Shows : 0;
        Span<char> word = stackalloc char[LongestWord];
        Span<char> before = stackalloc char[LongestWord];
        int lengthBefore = 0;
        foreach (Range range in new WordRanges(text))
        {
            ReadOnlySpan<char> original = text[range];
            if (original.Length > LongestWord)
            {
                lengthBefore = 0;
                continue;
            }

            int length = original.ToLowerInvariant(word);
            ReadOnlySpan<char> current = word[..length];
            ReadOnlySpan<char> previous = before[..lengthBefore];
            if (char.IsAsciiDigit(current[0]))
            {
                traits |= DocumentTraits.Counts | (IsYear(current) ? DocumentTraits.SaysWhen : 0);
            }
            else if (Words.TryGetValue(current, out DocumentTraits found))
            {
                traits |= found;
            }

            traits |= Units.Contains(current) && Relative.Contains(previous) ? DocumentTraits.SaysWhen : 0;
            traits |= current is "to" && previous is "have" or "has" or "got" ? DocumentTraits.Directs : 0;
            traits |= current is "t" && previous is "don" ? DocumentTraits.Directs : 0;
            current.CopyTo(before);
            lengthBefore = length;
        }

        return traits;
    }

    private static bool IsYear(ReadOnlySpan<char> word) => word.Length == 4 && (word.StartsWith("19") || word.StartsWith("20")) && char.IsAsciiDigit(word[3]);

    private static FrozenDictionary<string, DocumentTraits>.AlternateLookup<ReadOnlySpan<char>> Table(params ReadOnlySpan<(DocumentTraits Trait, string Words)> rows)
    {
        var words = new Dictionary<string, DocumentTraits>(StringComparer.Ordinal);
        foreach ((DocumentTraits trait, string list) in rows)
        {
            foreach (string word in list.Split(' '))
            {
                words[word] = trait;
            }
        }

        return words.ToFrozenDictionary(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();
    }

    private static FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Set(string words) =>
        words.Split(' ').ToFrozenSet(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();
}
