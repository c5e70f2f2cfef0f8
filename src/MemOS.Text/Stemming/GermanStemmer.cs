namespace MemOS.Text.Stemming;

/// <summary>The German Snowball stemmer, written from the description at snowballstem.org/algorithms/german/stemmer.html (the form of Snowball 2).</summary>
/// <remarks>Expects "ss" for the sharp s. Umlauts are left to the folding of accents.</remarks>
internal static class GermanStemmer
{
    private const string Vowels = "aeiouyäöü";
    private const string BeforeS = "bdfghklmnrt";
    private const string BeforeSt = "bdfghklmnt";

    private static readonly SuffixTable Inflection = new("em ern er", "e en es", "s");
    private static readonly SuffixTable Comparison = new("en er est", "st");
    private static readonly SuffixTable Derivation = new("end ung", "ig ik isch", "lich heit", "keit");

    /// <summary>Stems a word in place.</summary>
    /// <returns>The length of the stem.</returns>
    public static int Stem(Span<char> letters)
    {
        StemWord word = new(letters);
        var marked = MarkConsonants(letters);
        if (letters.Length >= 3)
        {
            word.MarkRegions(Vowels);
            word.First = Math.Max(3, word.First);
        }

        CutInflection(ref word);
        CutComparison(ref word);
        CutDerivation(ref word);
        if (marked)
        {
            letters[..word.Length].Replace('U', 'u');
            letters[..word.Length].Replace('Y', 'y');
        }

        return word.Length;
    }

    /// <summary>'u' and 'y' between vowels are consonants while the steps run.</summary>
    private static bool MarkConsonants(Span<char> letters)
    {
        var marked = false;
        for (var i = 1; i + 1 < letters.Length; i++)
        {
            if (letters[i] is 'u' or 'y' && Vowels.Contains(letters[i - 1]) && Vowels.Contains(letters[i + 1]))
            {
                letters[i] = char.ToUpperInvariant(letters[i]);
                marked = true;
            }
        }

        return marked;
    }

    private static void CutInflection(ref StemWord word)
    {
        var group = Inflection.Find(word.Text, 0, out var start);
        if (group == 0 || (group == 3 && !BeforeS.Contains(word.Before(start))) || !word.CutAt(start, word.First))
        {
            return;
        }

        if (group == 2 && word.EndsIn("niss"))
        {
            word.CutAt(word.Length - 1);
        }
    }

    private static void CutComparison(ref StemWord word)
    {
        var group = Comparison.Find(word.Text, 0, out var start);
        if (group == 1 || (group == 2 && start > 3 && BeforeSt.Contains(word.Before(start))))
        {
            word.CutAt(start, word.First);
        }
    }

    private static void CutDerivation(ref StemWord word)
    {
        var group = Derivation.Find(word.Text, 0, out var start);
        if (group == 0 || (group == 2 && word.Before(start) == 'e') || !word.CutAt(start, word.Second))
        {
            return;
        }

        switch (group)
        {
            case 1 when word.EndsIn("ig") && word.Before(word.Length - 2) != 'e':
                word.Cut("ig", word.Second);
                break;
            case 3 when !word.Cut("er", word.First):
                word.Cut("en", word.First);
                break;
            case 4 when !word.Cut("lich", word.Second):
                word.Cut("ig", word.Second);
                break;
        }
    }
}
