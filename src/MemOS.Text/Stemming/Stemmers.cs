using MemOS.Text.Languages;

namespace MemOS.Text.Stemming;

/// <summary>The stemmer of each language.</summary>
internal static class Stemmers
{
    /// <summary>Stems a word in place.</summary>
    /// <param name="word">A word in lower case, with accents unless the language is English; overwritten.</param>
    /// <param name="language">Its language.</param>
    /// <returns>The length of the stem, which stands at the start of <paramref name="word"/>; never 0 for a word.</returns>
    public static int Stem(Span<char> word, TextLanguage language) => language switch
    {
        TextLanguage.German => GermanStemmer.Stem(word),
        TextLanguage.French => FrenchStemmer.Stem(word),
        TextLanguage.Spanish => SpanishStemmer.Stem(word),
        TextLanguage.Italian => ItalianStemmer.Stem(word),
        TextLanguage.Portuguese => PortugueseStemmer.Stem(word),
        TextLanguage.Dutch => DutchStemmer.Stem(word),
        TextLanguage.Swedish => SwedishStemmer.Stem(word),
        TextLanguage.Russian => RussianStemmer.Stem(word),
        _ => Porter2Stemmer.Stem(word),
    };
}
