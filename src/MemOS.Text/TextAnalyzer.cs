using System.Text;
using MemOS.Text.Languages;
using MemOS.Text.Stemming;

namespace MemOS.Text;

/// <summary>
/// Turns text of any language into the terms of the lexical index. Words are runs of letters and digits, in lower case, with accents
/// folded; English stop words are dropped and words of letters alone are stemmed by the rules of the text's language. Scripts that are
/// written without spaces become overlapping bigrams, or one character where it stands alone.
/// </summary>
/// <remarks>
/// Stateless and safe for use from several threads. Nothing is allocated per token. Never throws on any text; lone surrogates
/// separate words. A word counts with its first <see cref="LongestTerm"/> characters.
/// </remarks>
internal static class TextAnalyzer
{
    /// <summary>To be raised whenever other terms come out: what was made of the former ones, vectors too, is of another kind then.</summary>
    public const int Version = 2;

    /// <summary>The longest term, in UTF-16 code units; what follows in the same word is ignored.</summary>
    public const int LongestTerm = 64;

    /// <summary>The terms of a text, in order, with repetitions.</summary>
    public static IReadOnlyList<string> Analyze(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var terms = new List<string>();
        var sink = new TermListSink(terms);
        Analyze(text, ref sink);
        return terms;
    }

    /// <summary>Gives the terms of a text to a sink, in order, with repetitions. The language is told from the text.</summary>
    public static void Analyze<TSink>(ReadOnlySpan<char> text, ref TSink sink)
        where TSink : struct, ITermSink, allows ref struct => Analyze(text, LanguageDetector.Detect(text), ref sink);

    /// <summary>Gives the terms of a text in a known language to a sink, in order, with repetitions.</summary>
    public static void Analyze<TSink>(ReadOnlySpan<char> text, TextLanguage language, ref TSink sink)
        where TSink : struct, ITermSink, allows ref struct
    {
        Span<char> word = stackalloc char[LongestTerm];
        var length = 0;
        var plain = true;
        var i = 0;
        while (i < text.Length)
        {
            var c = text[i];
            if (char.IsAsciiLetter(c))
            {
                Append(word, ref length, (char)(c | 0x20));
                i++;
                continue;
            }

            if (char.IsAsciiDigit(c))
            {
                plain = false;
                Append(word, ref length, c);
                i++;
                continue;
            }

            if (length > 0 && c is '\'' or '\u2019' or '\u02BC' && i + 1 < text.Length && char.IsLetter(text[i + 1]))
            {
                if (language is TextLanguage.French or TextLanguage.Italian)
                {
                    Flush(word, ref length, ref plain, language, ref sink); // l'école: the article is a word of its own
                    i++;
                }
                else
                {
                    i = Apostrophe(text, i, word, ref length);
                }

                continue;
            }

            if (c < 0x80)
            {
                Flush(word, ref length, ref plain, language, ref sink);
                i++;
                continue;
            }

            if (Rune.DecodeFromUtf16(text[i..], out var rune, out var consumed) != System.Buffers.OperationStatus.Done)
            {
                Flush(word, ref length, ref plain, language, ref sink);
                i += consumed;
                continue;
            }

            switch (ScriptClassifier.Classify(rune))
            {
                case ScriptClass.Word:
                    plain &= language is TextLanguage.English ? AppendFolded(word, ref length, rune) : AppendLower(word, ref length, rune, language);
                    i += consumed;
                    break;
                case ScriptClass.Ignored:
                    i += consumed;
                    break;
                case ScriptClass.Ideograph:
                    Flush(word, ref length, ref plain, language, ref sink);
                    i = Bigrams(text, i, ref sink);
                    break;
                default:
                    Flush(word, ref length, ref plain, language, ref sink);
                    i += consumed;
                    break;
            }
        }

        Flush(word, ref length, ref plain, language, ref sink);
    }

    /// <summary>
    /// Reads what follows an apostrophe inside a word: endings that carry no meaning ('s, 'm, 're, 've, 'll, 'd) are passed over, "n't"
    /// makes the word an auxiliary, which is dropped; otherwise the parts are one word (O'Brien).
    /// </summary>
    private static int Apostrophe(ReadOnlySpan<char> text, int at, Span<char> word, ref int length)
    {
        var end = at + 1;
        while (end < text.Length && char.IsLetter(text[end]))
        {
            end++;
        }

        var tail = text[(at + 1)..end];
        if (tail.Length <= 2 && IsEnding(tail))
        {
            return end;
        }

        if (tail is "t" or "T" && word[length - 1] == 'n')
        {
            length = 0;
            return end;
        }

        return at + 1;
    }

    private static bool IsEnding(ReadOnlySpan<char> tail) =>
        tail.Equals("s", StringComparison.OrdinalIgnoreCase)
        || tail.Equals("m", StringComparison.OrdinalIgnoreCase)
        || tail.Equals("d", StringComparison.OrdinalIgnoreCase)
        || tail.Equals("re", StringComparison.OrdinalIgnoreCase)
        || tail.Equals("ve", StringComparison.OrdinalIgnoreCase)
        || tail.Equals("ll", StringComparison.OrdinalIgnoreCase);

    private static void Append(Span<char> word, ref int length, char c)
    {
        if (length < LongestTerm)
        {
            word[length++] = c;
        }
    }

    /// <summary>Appends a folded code point and says whether it became letters a-z.</summary>
    private static bool AppendFolded(Span<char> word, ref int length, Rune rune)
    {
        if (!rune.IsBmp)
        {
            var lower = Rune.ToLowerInvariant(rune);
            if (length + lower.Utf16SequenceLength <= LongestTerm)
            {
                length += lower.EncodeToUtf16(word[length..]);
            }

            return false;
        }

        var c = (char)rune.Value;
        if (AccentFolding.Expand(c) is { } letters)
        {
            Append(word, ref length, letters[0]);
            Append(word, ref length, letters[1]);
            return true;
        }

        var folded = AccentFolding.Fold(c);
        Append(word, ref length, folded);
        return char.IsAsciiLetterLower(folded);
    }

    private static int Bigrams<TSink>(ReadOnlySpan<char> text, int start, ref TSink sink)
        where TSink : struct, ITermSink, allows ref struct
    {
        var previous = -1;
        var emitted = false;
        var i = start;
        while (i < text.Length
            && Rune.DecodeFromUtf16(text[i..], out var rune, out var consumed) == System.Buffers.OperationStatus.Done
            && ScriptClassifier.Classify(rune) == ScriptClass.Ideograph)
        {
            if (previous >= 0)
            {
                sink.Add(text[previous..(i + consumed)]);
                emitted = true;
            }

            previous = i;
            i += consumed;
        }

        if (!emitted)
        {
            sink.Add(text[start..i]);
        }

        return i;
    }

    /// <summary>Appends a code point in lower case, with its accent, which stemmers read; says whether it is a letter that the language's words are written with.</summary>
    private static bool AppendLower(Span<char> word, ref int length, Rune rune, TextLanguage language)
    {
        if (rune.Value is < 0xC0 or >= 0x250 || AccentFolding.Expand((char)rune.Value) is not null)
        {
            return AppendFolded(word, ref length, rune) | (language is TextLanguage.Russian && rune.Value is >= 0x400 and < 0x460);
        }

        Append(word, ref length, char.ToLowerInvariant((char)rune.Value));
        return true;
    }

    private static void Flush<TSink>(scoped Span<char> word, ref int length, ref bool plain, TextLanguage language, ref TSink sink)
        where TSink : struct, ITermSink, allows ref struct
    {
        // Measured: dropping function words helps in English and costs recall in the other languages.
        if (length > 0 && (language is not TextLanguage.English || !EnglishStopWords.Contains(word[..length])))
        {
            if (plain)
            {
                length = Stemmers.Stem(word[..length], language);
            }

            if (language is not TextLanguage.English)
            {
                foreach (ref var c in word[..length])
                {
                    c = AccentFolding.Fold(c);
                }
            }

            sink.Add(word[..length]);
        }

        length = 0;
        plain = true;
    }
}
