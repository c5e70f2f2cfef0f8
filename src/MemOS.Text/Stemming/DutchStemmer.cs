namespace MemOS.Text.Stemming;

/// <summary>The Dutch Snowball stemmer, written from the description at snowballstem.org/algorithms/dutch/stemmer.html (the form of Snowball 2, by Martin Porter).</summary>
/// <remarks>Letters that act as consonants are upper case while the steps run.</remarks>
internal static class DutchStemmer
{
    private const string Vowels = "aeiouyè";
    private const string Accented = "äëïöüáéíóú";
    private const string Plain = "aeiouaeiou";

    private static readonly SuffixTable Inflection = new("heden", "en ene", "s se");
    private static readonly SuffixTable Derivation = new("end ing", "ig", "lijk", "baar", "bar");
    private static readonly SuffixTable Doubled = new("kk dd tt");
    private static readonly SuffixTable LongVowel = new("aa ee oo uu");

    /// <summary>Stems a word in place.</summary>
    /// <returns>The length of the stem.</returns>
    public static int Stem(Span<char> letters)
    {
        Prepare(letters);
        StemWord word = new(letters);
        word.MarkRegions(Vowels);
        word.First = Math.Max(3, word.First);
        CutInflection(ref word);
        var cutE = CutE(ref word);
        if (word.EndsIn("heid") && word.Before(word.Length - 4) != 'c' && word.Cut("heid", word.Second) && word.EndsIn("en"))
        {
            CutEn(ref word, word.Length - 2);
        }

        CutDerivation(ref word, cutE);
        Shorten(ref word);
        Span<char> stem = letters[..word.Length];
        stem.Replace('Y', 'y');
        stem.Replace('I', 'i');
        return word.Length;
    }

    private static bool IsVowel(char c) => Vowels.Contains(c);

    private static void Prepare(Span<char> letters)
    {
        foreach (ref var letter in letters)
        {
            letter = Accented.IndexOf(letter) is >= 0 and var at ? Plain[at] : letter;
        }

        for (var i = 0; i < letters.Length; i++)
        {
            var afterVowel = i > 0 && IsVowel(letters[i - 1]);
            letters[i] = letters[i] switch
            {
                'y' when i == 0 || afterVowel => 'Y',
                'i' when afterVowel && i + 1 < letters.Length && IsVowel(letters[i + 1]) => 'I',
                var same => same,
            };
        }
    }

    private static void CutInflection(ref StemWord word)
    {
        switch (Inflection.Find(word.Text, 0, out var start))
        {
            case 1:
                word.Replace(start, "heid", word.First);
                break;
            case 2:
                CutEn(ref word, start);
                break;
            case 3 when !IsVowel(word.Before(start)) && word.Before(start) != 'j':
                word.CutAt(start, word.First);
                break;
        }
    }

    private static void CutEn(ref StemWord word, int start)
    {
        if (!IsVowel(word.Before(start)) && !word.EndsIn("gem", start) && word.CutAt(start, word.First))
        {
            Undouble(ref word);
        }
    }

    private static bool CutE(ref StemWord word)
    {
        if (IsVowel(word.Before(word.Length - 1)) || !word.Cut("e", word.First))
        {
            return false;
        }

        Undouble(ref word);
        return true;
    }

    private static void CutDerivation(ref StemWord word, bool cutE)
    {
        var group = Derivation.Find(word.Text, 0, out var start);
        switch (group)
        {
            case 1 when word.CutAt(start, word.Second):
                if (!CutIg(ref word))
                {
                    Undouble(ref word);
                }

                break;
            case 2:
                CutIg(ref word);
                break;
            case 3 when word.CutAt(start, word.Second):
                CutE(ref word);
                break;
            case 4:
                word.CutAt(start, word.Second);
                break;
            case 5 when cutE:
                word.CutAt(start, word.Second);
                break;
        }
    }

    private static bool CutIg(ref StemWord word) => word.EndsIn("ig") && word.Before(word.Length - 2) != 'e' && word.Cut("ig", word.Second);

    private static void Undouble(ref StemWord word)
    {
        if (Doubled.Find(word.Text, 0, out _) > 0)
        {
            word.CutAt(word.Length - 1);
        }
    }

    /// <summary>A long vowel is written once where the word ends right after: maan, as in manen.</summary>
    private static void Shorten(ref StemWord word)
    {
        var last = word.Length - 1;
        if (last >= 3 && !IsVowel(word.Letters[last]) && word.Letters[last] != 'I' && LongVowel.Find(word.Text[..last], 0, out var start) > 0 && !IsVowel(word.Before(start)))
        {
            word.Letters[last - 1] = word.Letters[last];
            word.CutAt(last);
        }
    }
}
