using System.Collections.Frozen;

namespace MemOS.Text;

/// <summary>English words that say too little to search for: articles, pronouns, auxiliaries, prepositions, question words.</summary>
internal static class EnglishStopWords
{
    /// <summary>The words, separated by spaces.</summary>
    public const string List =
        "a an the and or but if then than so nor to of in on at by for with from as into onto about over under after before "
        + "up down out off again once here there through between during until while because against "
        + "is are was were be been being am i you he she it we they me him her us them my your his its our their mine yours hers "
        + "ours theirs myself yourself himself herself itself this that these those do does did done doing have has had having "
        + "will would can could should shall may might must not no yes what which who whom whose when where why how all any "
        + "both each few more most other some such only own same too very just now s t d m re ve ll";

    private const int Longest = 8;

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Words =
        FrozenSet.Create(StringComparer.Ordinal, List.Split(' ')).GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Whether a lower-case word is a stop word.</summary>
    public static bool Contains(ReadOnlySpan<char> word) => word.Length <= Longest && Words.Contains(word);
}
