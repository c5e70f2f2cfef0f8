namespace MemOS.Text.Languages;

/// <summary>Which words tell which language.</summary>
internal static class LanguageProfiles
{
    private const int Longest = 12;

    // Read on every start of a process, so a plain dictionary: a frozen one takes longer to make than it saves.
    private static readonly Dictionary<string, ushort>.AlternateLookup<ReadOnlySpan<char>> Words = Read();

    /// <summary>How many languages there are.</summary>
    public static int Count { get; } = Enum.GetValues<TextLanguage>().Length;

    /// <summary>The languages in which a word in lower case is frequent, a bit for each; 0 when it tells nothing.</summary>
    public static int LanguagesOf(ReadOnlySpan<char> word) => word.Length <= Longest && Words.TryGetValue(word, out var languages) ? languages : 0;

    private static Dictionary<string, ushort>.AlternateLookup<ReadOnlySpan<char>> Read()
    {
        Dictionary<string, ushort> words = new(4096, StringComparer.Ordinal);
        foreach (var language in Enum.GetValues<TextLanguage>())
        {
            Add(language is TextLanguage.English ? EnglishStopWords.List : FrequentWords.Function(language), language);
            Add(FrequentWords.Everyday(language), language);
        }

        return words.GetAlternateLookup<ReadOnlySpan<char>>();

        void Add(string list, TextLanguage language)
        {
            foreach (var word in list.Split(' '))
            {
                words[word] = (ushort)(words.GetValueOrDefault(word) | (1 << (int)language));
            }
        }
    }
}
