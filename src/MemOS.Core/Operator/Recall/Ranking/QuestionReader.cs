using System.Collections.Frozen;

namespace MemOS.Operator.Recall.Ranking;

/// <summary>Tells what a question asks for by its question words, in English, German, French and Spanish.</summary>
internal static class QuestionReader
{
    private const int LongestWord = 12;

    private static readonly FrozenDictionary<string, AskedFor>.AlternateLookup<ReadOnlySpan<char>> Words = Table(
        (AskedFor.Time, "when date wann quand cuándo cuando"),
        (AskedFor.Name, "where who whose whom which name names called wo wer wem wen welche welcher où qui quel quelle dónde quién cuál"),
        (AskedFor.Number, "many much old often wieviel wieviele combien cuántos cuántas cuánto"),
        (AskedFor.Action, "should must could please shall"),
        (AskedFor.OfSelf, "i me my mine myself we us our ours ich mein meine je mon ma mes yo mi mis"));

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

            if (first)
            {
                // What begins with a verb tells somebody to do something.
                asked |= !(known && Openers.Contains(lower)) && !text.TrimEnd().EndsWith('?') && char.IsAsciiLetter(word[0]) ? AskedFor.Action : 0;
                first = false;
            }
        }

        return asked;
    }

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
