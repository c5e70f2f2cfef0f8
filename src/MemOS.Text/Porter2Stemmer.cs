using System.Buffers;

namespace MemOS.Text;

/// <summary>
/// The English Snowball stemmer ("Porter2"), written from the published description at
/// snowballstem.org/algorithms/english/stemmer.html (the form before Snowball 3.0).
/// </summary>
/// <remarks>
/// Words are expected in lower case; characters outside a-z count as consonants. The result is never longer than the word.
/// Stateless and safe for use from several threads.
/// </remarks>
internal static class Porter2Stemmer
{
    // After 'Y' marking: a 'y' that acts as a consonant is upper case while the steps run.
    private static readonly SearchValues<char> Vowels = SearchValues.Create("aeiouy");

    private static readonly SuffixRule[] Step2 =
    [
        new("ational", "ate"), new("fulness", "ful"), new("iveness", "ive"), new("ization", "ize"), new("ousness", "ous"),
        new("biliti", "ble"), new("lessli", "less"), new("tional", "tion"),
        new("alism", "al"), new("aliti", "al"), new("ation", "ate"), new("entli", "ent"), new("fulli", "ful"), new("iviti", "ive"),
        new("ousli", "ous"),
        new("abli", "able"), new("alli", "al"), new("anci", "ance"), new("ator", "ate"), new("enci", "ence"), new("izer", "ize"),
        new("bli", "ble"), new("ogi", "og", SuffixCondition.AfterL), new("li", "", SuffixCondition.AfterLiEnding),
    ];

    private static readonly SuffixRule[] Step3 =
    [
        new("ational", "ate"), new("tional", "tion"),
        new("alize", "al"), new("ative", "", SuffixCondition.InSecondRegion), new("icate", "ic"), new("iciti", "ic"),
        new("ical", "ic"), new("ness", ""), new("ful", ""),
    ];

    private static readonly SuffixRule[] Step4 =
    [
        new("ement", ""),
        new("able", ""), new("ance", ""), new("ence", ""), new("ible", ""), new("ment", ""),
        new("ant", ""), new("ate", ""), new("ent", ""), new("ion", "", SuffixCondition.AfterSOrT), new("ism", ""), new("iti", ""),
        new("ive", ""), new("ize", ""), new("ous", ""),
        new("al", ""), new("er", ""), new("ic", ""),
    ];

    /// <summary>Stems a word.</summary>
    /// <param name="word">A lower-case word.</param>
    /// <returns>Its stem; the same instance when nothing changed.</returns>
    public static string Stem(string word)
    {
        ArgumentNullException.ThrowIfNull(word);
        Span<char> buffer = word.Length <= 128 ? stackalloc char[word.Length] : new char[word.Length];
        word.CopyTo(buffer);
        ReadOnlySpan<char> stem = buffer[..Stem(buffer)];
        return stem.SequenceEqual(word) ? word : stem.ToString();
    }

    /// <summary>Stems a word in place.</summary>
    /// <param name="word">A lower-case word; overwritten.</param>
    /// <returns>The length of the stem, which stands at the start of <paramref name="word"/>.</returns>
    public static int Stem(Span<char> word)
    {
        var length = word.Length;
        if (length <= 2)
        {
            return length;
        }

        if (Porter2Exceptions.TryReplace(word, out var replaced))
        {
            return replaced;
        }

        if (word[0] == '\'')
        {
            word[1..length].CopyTo(word);
            length--;
        }

        var marked = MarkConsonantY(word[..length]);
        var (first, second) = Regions(word[..length]);
        length = Step0(word[..length]);
        length = Step1a(word[..length]);
        if (!Porter2Exceptions.StopsAfterStep1a(word[..length]))
        {
            length = Step1b(word, length, first);
            Step1c(word[..length]);
            length = Apply(Step2, word, length, first, second);
            length = Apply(Step3, word, length, first, second);
            length = Apply(Step4, word, length, second, second);
            length = Step5(word[..length], first, second);
        }

        if (marked)
        {
            word[..length].Replace('Y', 'y');
        }

        return length;
    }

    private static bool IsVowel(char c) => c is 'a' or 'e' or 'i' or 'o' or 'u' or 'y';

    private static bool MarkConsonantY(Span<char> word)
    {
        var marked = false;
        for (var i = 0; i < word.Length; i++)
        {
            if (word[i] == 'y' && (i == 0 || IsVowel(word[i - 1])))
            {
                word[i] = 'Y';
                marked = true;
            }
        }

        return marked;
    }

    private static (int First, int Second) Regions(ReadOnlySpan<char> word)
    {
        int first;
        if (word.StartsWith("gener") || word.StartsWith("arsen"))
        {
            first = 5;
        }
        else if (word.StartsWith("commun"))
        {
            first = 6;
        }
        else
        {
            first = RegionFrom(word, 0);
        }

        return (first, RegionFrom(word, first));
    }

    /// <summary>The position after the first non-vowel that follows a vowel, at or after <paramref name="start"/>.</summary>
    private static int RegionFrom(ReadOnlySpan<char> word, int start)
    {
        for (var i = start + 1; i < word.Length; i++)
        {
            if (!IsVowel(word[i]) && IsVowel(word[i - 1]))
            {
                return i + 1;
            }
        }

        return word.Length;
    }

    private static int Step0(ReadOnlySpan<char> word) =>
        word.EndsWith("'s'") ? word.Length - 3
        : word.EndsWith("'s") ? word.Length - 2
        : word.EndsWith("'") ? word.Length - 1
        : word.Length;

    private static int Step1a(ReadOnlySpan<char> word)
    {
        var length = word.Length;
        if (word.EndsWith("sses"))
        {
            return length - 2;
        }

        if (word.EndsWith("ied") || word.EndsWith("ies"))
        {
            return length > 4 ? length - 2 : length - 1;
        }

        if (!word.EndsWith("s") || word.EndsWith("us") || word.EndsWith("ss"))
        {
            return length;
        }

        return length > 2 && word[..(length - 2)].ContainsAny(Vowels) ? length - 1 : length;
    }

    private static int Step1b(Span<char> buffer, int length, int first)
    {
        ReadOnlySpan<char> word = buffer[..length];
        var eed = word.EndsWith("eedly") ? 5 : word.EndsWith("eed") ? 3 : 0;
        if (eed > 0)
        {
            return length - eed >= first ? length - eed + 2 : length;
        }

        var suffix = word.EndsWith("ingly") ? 5 : word.EndsWith("edly") ? 4 : word.EndsWith("ing") ? 3 : word.EndsWith("ed") ? 2 : 0;
        if (suffix == 0 || !word[..(length - suffix)].ContainsAny(Vowels))
        {
            return length;
        }

        length -= suffix;
        word = word[..length];
        if (word.EndsWith("at") || word.EndsWith("bl") || word.EndsWith("iz"))
        {
            buffer[length] = 'e';
            return length + 1;
        }

        if (length >= 2 && word[^1] == word[^2] && "bdfgmnprt".Contains(word[^1]))
        {
            return length - 1;
        }

        if (length <= first && EndsInShortSyllable(word))
        {
            buffer[length] = 'e';
            return length + 1;
        }

        return length;
    }

    private static void Step1c(Span<char> word)
    {
        if (word.Length > 2 && word[^1] is 'y' or 'Y' && !IsVowel(word[^2]))
        {
            word[^1] = 'i';
        }
    }

    private static int Apply(SuffixRule[] rules, Span<char> buffer, int length, int region, int second)
    {
        ReadOnlySpan<char> word = buffer[..length];
        foreach (var rule in rules)
        {
            if (length < rule.Suffix.Length || word[^1] != rule.Suffix[^1] || !word.EndsWith(rule.Suffix))
            {
                continue;
            }

            // Only the longest suffix counts: when its condition fails, the step does nothing.
            var start = length - rule.Suffix.Length;
            if (start < region || !rule.Holds(word[..start], second))
            {
                return length;
            }

            rule.Replacement.CopyTo(buffer[start..]);
            return start + rule.Replacement.Length;
        }

        return length;
    }

    private static int Step5(ReadOnlySpan<char> word, int first, int second)
    {
        var last = word.Length - 1;
        if (last < 0)
        {
            return 0;
        }

        var drop = word[last] switch
        {
            'e' => last >= second || (last >= first && !EndsInShortSyllable(word[..last])),
            'l' => last >= second && last > 0 && word[last - 1] == 'l',
            _ => false,
        };
        return drop ? last : word.Length;
    }

    private static bool EndsInShortSyllable(ReadOnlySpan<char> word) =>
        word.Length switch
        {
            < 2 => false,
            2 => IsVowel(word[0]) && !IsVowel(word[1]),
            _ => !IsVowel(word[^3]) && IsVowel(word[^2]) && !IsVowel(word[^1]) && word[^1] is not ('w' or 'x' or 'Y'),
        };
}
