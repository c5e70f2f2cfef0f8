using System.Collections.Frozen;

namespace MemOS.Text;

/// <summary>The exceptional forms of the Porter2 description.</summary>
internal static class Porter2Exceptions
{
    private const int Longest = 6;

    private static readonly FrozenDictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> Whole = new Dictionary<string, string>
    {
        ["skis"] = "ski",
        ["skies"] = "sky",
        ["dying"] = "die",
        ["lying"] = "lie",
        ["tying"] = "tie",
        ["idly"] = "idl",
        ["gently"] = "gentl",
        ["ugly"] = "ugli",
        ["early"] = "earli",
        ["only"] = "onli",
        ["singly"] = "singl",
        ["sky"] = "sky",
        ["news"] = "news",
        ["howe"] = "howe",
        ["atlas"] = "atlas",
        ["cosmos"] = "cosmos",
        ["bias"] = "bias",
        ["andes"] = "andes",
    }.ToFrozenDictionary(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Replaces a word that has a stem of its own.</summary>
    public static bool TryReplace(Span<char> word, out int length)
    {
        if (word.Length <= Longest && Whole.TryGetValue(word, out var stem))
        {
            stem.CopyTo(word);
            length = stem.Length;
            return true;
        }

        length = 0;
        return false;
    }

    /// <summary>Whether a word is left alone after step 1a.</summary>
    public static bool StopsAfterStep1a(ReadOnlySpan<char> word) =>
        word.Length is >= 6 and <= 7 && word[^1] is 'g' or 'd'
        && word is "inning" or "outing" or "canning" or "herring" or "earring" or "proceed" or "exceed" or "succeed";
}
