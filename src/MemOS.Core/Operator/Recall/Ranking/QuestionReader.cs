using System.Collections.Frozen;

namespace MemOS.Operator.Recall.Ranking;

/// <summary>Tells what a question asks for by its question words, in English, German, French and Spanish.</summary>
internal static class QuestionReader
{
    private const int LongestWord = 12;
    private const int MostBeforePlural = 4;

    private static readonly FrozenDictionary<string, AskedFor>.AlternateLookup<ReadOnlySpan<char>> Words = Table(
        (AskedFor.Time, "when date wann quand cuándo cuando"),
        (AskedFor.Name, "where who whose whom which name names called wo wer wem wen welche welcher où qui quel quelle dónde quién cuál"),
        (AskedFor.Number | AskedFor.Several, "many"),
        (AskedFor.Number, "much old often wieviel wieviele combien cuántos cuántas cuánto"),
        (AskedFor.Action, "should must could please shall"),
        (AskedFor.Several, "both all common kind kinds type types sort sorts ways"),
        (AskedFor.OfSelf, "i me my mine myself we us our ours ich mein meine je mon ma mes yo mi mis"));

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Askers = "what which who where in".Split(' ')
        .ToFrozenSet(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> NoPlurals = "is was does has this his as us its address business class course always various".Split(' ')
        .ToFrozenSet(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Openers = (
        "what when where who whose whom which why how is are was were do does did has have had can could will would should may might must in at on for to of "
        + "about since according if and but the a an i my we our you your it he she they there that this these those "
        + "was wann wo wer wie warum welche hat ist quand où qui que quel quelle combien comment pourquoi qué cuándo dónde quién cuál cómo").Split(' ')
        .ToFrozenSet(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>What a text asks for.</summary>
    public static AskedFor Read(ReadOnlySpan<char> text)
    {
        AskedFor asked = 0;
        bool first = true;
        int place = 0;
        bool asks = false;
        Span<char> buffer = stackalloc char[LongestWord];
        foreach (Range range in new WordRanges(text))
        {
            ReadOnlySpan<char> word = text[range];
            bool known = word.Length <= LongestWord;
            ReadOnlySpan<char> lower = known ? buffer[..word.ToLowerInvariant(buffer)] : default;
            if (known && Words.TryGetValue(lower, out AskedFor found))
            {
                asked |= found;
            }

            // "What books has she read?": a plural soon after the question word. A name in -s has a capital; the s of a genitive stands alone.
            place += word.Length > 1 ? 1 : 0;
            asks |= place == 1 && known && Askers.Contains(lower);
            asked |= asks && place is > 1 and <= MostBeforePlural && IsPlural(word) ? AskedFor.Several : 0;
            if (first)
            {
                // What begins with a verb tells somebody to do something.
                asked |= !(known && Openers.Contains(lower)) && !text.TrimEnd().EndsWith('?') && char.IsAsciiLetter(word[0]) ? AskedFor.Action : 0;
                first = false;
            }
        }

        return asked;
    }

    private static bool IsPlural(ReadOnlySpan<char> word) =>
        word.Length > 2 && word[^1] == 's' && word[^2] != 's' && char.IsAsciiLetterLower(word[0]) && !NoPlurals.Contains(word);

    private static FrozenDictionary<string, AskedFor>.AlternateLookup<ReadOnlySpan<char>> Table(params ReadOnlySpan<(AskedFor Kind, string Words)> rows)
    {
        var words = new Dictionary<string, AskedFor>(StringComparer.Ordinal);
        foreach ((AskedFor kind, string list) in rows)
        {
            foreach (string word in list.Split(' '))
            {
                words[word] = kind;
            }
        }

        return words.ToFrozenDictionary(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();
    }
}
