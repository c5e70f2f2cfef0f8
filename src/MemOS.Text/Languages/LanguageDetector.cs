namespace MemOS.Text.Languages;

/// <summary>
/// Tells the language of a short text from its function words, everyday words and letters. In doubt the answer is English, so that English text is never taken for
/// another language's.
/// </summary>
/// <remarks>Stateless, allocates nothing, reads at most the first <see cref="MostWords"/> words.</remarks>
internal static class LanguageDetector
{
    /// <summary>So many words are enough to tell.</summary>
    public const int MostWords = 48;

    private const int LongestWord = 16;

    /// <summary>Less than this is doubt: about one telling word that no other language has.</summary>
    private const float Least = 0.9f;

    /// <summary>The language of a text.</summary>
    public static TextLanguage Detect(ReadOnlySpan<char> text)
    {
        Span<float> scores = stackalloc float[LanguageProfiles.Count];
        scores.Clear();
        Span<char> word = stackalloc char[LongestWord];
        var length = 0;
        var words = 0;
        for (var i = 0; i <= text.Length && words < MostWords; i++)
        {
            var c = i < text.Length ? text[i] : ' ';
            if (char.IsAsciiLetter(c))
            {
                Append(word, ref length, (char)(c | 0x20));
            }
            else if (c >= 0xC0 && char.IsLetter(c))
            {
                c = char.ToLowerInvariant(c);
                AddLetter(scores, c);
                Append(word, ref length, c);
            }
            else
            {
                if (c is '\u00BF' or '\u00A1')
                {
                    scores[(int)TextLanguage.Spanish] += 1;
                }

                if (length > 0)
                {
                    words++;
                    AddWord(scores, word[..Math.Min(length, LongestWord)]);
                    length = 0;
                }
            }
        }

        return Best(scores);
    }

    private static void Append(Span<char> word, ref int length, char c)
    {
        if (length < word.Length)
        {
            word[length] = c;
        }

        length++;
    }

    private static void AddWord(Span<float> scores, ReadOnlySpan<char> word)
    {
        var languages = LanguageProfiles.LanguagesOf(word);
        if (languages == 0)
        {
            return;
        }

        // A word that several languages share says less.
        var weight = 1f / int.PopCount(languages);
        for (; languages != 0; languages &= languages - 1)
        {
            scores[int.TrailingZeroCount(languages)] += weight;
        }
    }

    private static void AddLetter(Span<float> scores, char c)
    {
        switch (c)
        {
            case 'ß':
                scores[(int)TextLanguage.German] += 1;
                break;
            case 'ü':
                scores[(int)TextLanguage.German] += 0.4f;
                break;
            case 'ä' or 'ö':
                scores[(int)TextLanguage.German] += 0.25f;
                scores[(int)TextLanguage.Swedish] += 0.2f;
                break;
            case 'å':
                scores[(int)TextLanguage.Swedish] += 0.6f;
                break;
            case 'ñ':
                scores[(int)TextLanguage.Spanish] += 0.4f;
                break;
            case 'ã' or 'õ':
                scores[(int)TextLanguage.Portuguese] += 0.8f;
                break;
            case 'ç':
                scores[(int)TextLanguage.French] += 0.2f;
                scores[(int)TextLanguage.Portuguese] += 0.3f;
                break;
            case 'œ' or 'ê' or 'û' or 'î':
                scores[(int)TextLanguage.French] += 0.4f;
                break;
            case 'è' or 'à' or 'ù':
                scores[(int)TextLanguage.French] += 0.2f;
                scores[(int)TextLanguage.Italian] += 0.2f;
                break;
            case 'ì' or 'ò':
                scores[(int)TextLanguage.Italian] += 0.4f;
                break;
            case 'é':
                scores[(int)TextLanguage.French] += 0.15f;
                scores[(int)TextLanguage.Spanish] += 0.1f;
                scores[(int)TextLanguage.Portuguese] += 0.1f;
                break;
            case 'ы' or 'э' or 'ё':
                scores[(int)TextLanguage.Russian] += 0.4f;
                break;
            case 'і' or 'ї' or 'є' or 'ґ' or 'ў' or 'ъ' or 'ј' or 'љ' or 'њ' or 'ћ' or 'ђ' or 'џ' or 'ѓ' or 'ќ':
                scores[0] += 0.8f; // written in Cyrillic, and hardly Russian
                break;
            case 'á' or 'í' or 'ó' or 'ú':
                scores[(int)TextLanguage.Spanish] += 0.2f;
                scores[(int)TextLanguage.Portuguese] += 0.15f;
                break;
        }
    }

    private static TextLanguage Best(ReadOnlySpan<float> scores)
    {
        var best = 0;
        for (var language = 1; language < scores.Length; language++)
        {
            best = scores[language] > scores[best] ? language : best;
        }

        return scores[best] >= Least && scores[best] > scores[0] * 1.5f ? (TextLanguage)best : TextLanguage.English;
    }
}
