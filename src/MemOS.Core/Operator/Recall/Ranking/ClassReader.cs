using System.Collections.Frozen;
using System.Collections.Immutable;
using MemOS.Text;
using MemOS.Text.Classes;
using MemOS.Text.Languages;

namespace MemOS.Operator.Recall.Ranking;

/// <summary>Finds the class that a question asks members of: "activities" in "What outdoor activities has she done?" English.</summary>
internal static class ClassReader
{
    private const int LongestWord = 24;
    private const int LatestAsker = 3;

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Askers = Set("what which many");

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Kinds = Set("kind kinds type types sort sorts");

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Ends = Set(
        "is are was were do does did has have had can could will would should might may must of in on at for about from to with by that who and or i you he she it we they");

    /// <summary>The classes that the question may mean, the most usual first; none when it asks for no members of a class.</summary>
    public static ImmutableArray<WordClass> Read(ReadOnlySpan<char> text)
    {
        Span<char> buffer = stackalloc char[LongestWord];
        Range before = default;
        Range last = default;
        bool asks = false;
        bool kind = false;
        int words = 0;
        foreach (Range range in new WordRanges(text))
        {
            ReadOnlySpan<char> word = text[range].Length <= LongestWord ? buffer[..text[range].ToLowerInvariant(buffer)] : default;
            if (!asks)
            {
                asks = Askers.Contains(word);
                if (!asks && ++words == LatestAsker)
                {
                    return [];
                }
            }
            else if (Kinds.Contains(word) || (kind && word is "of"))
            {
                kind = word is not "of"; // "what kinds of"
            }
            else if (Ends.Contains(word))
            {
                break;
            }
            else
            {
                (before, last) = (last, range);
            }
        }

        return Find(text[before], text[last]) is { IsEmpty: false } compound ? compound : Find("", text[last]);
    }

    private static ImmutableArray<WordClass> Find(ReadOnlySpan<char> before, ReadOnlySpan<char> last)
    {
        List<string> terms = [];
        TermListSink sink = new(terms);
        TextAnalyzer.Analyze(before, TextLanguage.English, ref sink);
        TextAnalyzer.Analyze(last, TextLanguage.English, ref sink);
        return WordClasses.Shared.Find(string.Join(' ', terms));
    }

    private static FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Set(string words) =>
        words.Split(' ').ToFrozenSet(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();
}
