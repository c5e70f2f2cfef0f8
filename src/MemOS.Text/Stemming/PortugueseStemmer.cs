namespace MemOS.Text.Stemming;

/// <summary>The Portuguese Snowball stemmer, written from the description at snowballstem.org/algorithms/portuguese/stemmer.html (the form of Snowball 2).</summary>
/// <remarks>A nasal vowel is a vowel and a consonant while the steps run, which takes a letter more. The accents of the result are left to the folding of accents.</remarks>
internal static class PortugueseStemmer
{
    private const string Vowels = "aeiouáéíóúâêô";
    private const int LongestInPlace = 128;

    private static readonly SuffixTable Standard = new(
        "eza ezas ico ica icos icas ismo ismos ável ível ista istas oso osa osos osas amento amentos imento imentos adora ador aça~o adoras adores aço~es ante antes ância",
        "logia logias",
        "uça~o uço~es",
        "ência ências",
        "amente",
        "mente",
        "idade idades",
        "iva ivo ivas ivos",
        "ira iras");

    private static readonly SuffixTable BeforeAmente = new("iv", "os ic ad");

    private static readonly SuffixTable BeforeMente = new("ante avel ível");

    private static readonly SuffixTable BeforeIdade = new("abil ic iv");

    private static readonly SuffixTable Verbs = new(
        "ada ida ia aria eria iria ará ara erá era irá ava asse esse isse aste este iste ei arei erei irei am iam ariam eriam iriam aram eram iram avam em arem erem "
        + "irem assem essem issem ado ido ando endo indo ara~o era~o ira~o ar er ir as adas idas ias arias erias irias arás aras erás eras irás avas es ardes erdes irdes "
        + "ares eres ires asses esses isses astes estes istes is ais eis íeis aríeis eríeis iríeis áreis areis éreis ereis íreis ireis ásseis ésseis ísseis áveis ados idos "
        + "ámos amos íamos aríamos eríamos iríamos áramos éramos íramos ávamos emos aremos eremos iremos ássemos êssemos íssemos imos armos ermos irmos eu iu ou ira iras");

    private static readonly SuffixTable Residual = new("os a i o á í ó");

    /// <summary>Stems a word in place.</summary>
    /// <returns>The length of the stem.</returns>
    public static int Stem(Span<char> letters)
    {
        Span<char> spread = stackalloc char[LongestInPlace];
        StemWord word = new(spread[..Spread(letters, spread)]);
        word.MarkRegions(Vowels);
        word.MarkVerbalRegion(Vowels);
        if (CutStandard(ref word) || CutVerb(ref word))
        {
            if (word.EndsIn("ci"))
            {
                word.Cut("i", word.Verbal);
            }
        }
        else if (Residual.Find(word.Text, 0, out var start) > 0)
        {
            word.CutAt(start, word.Verbal);
        }

        CutLast(ref word);
        return Join(word.Text, letters);
    }

    /// <summary>Writes ã as a~ and õ as o~.</summary>
    private static int Spread(ReadOnlySpan<char> letters, Span<char> spread)
    {
        var length = 0;
        foreach (var letter in letters[..Math.Min(letters.Length, LongestInPlace / 2)])
        {
            spread[length++] = letter switch { 'ã' => 'a', 'õ' => 'o', _ => letter };
            if (letter is 'ã' or 'õ')
            {
                spread[length++] = '~';
            }
        }

        return length;
    }

    private static int Join(ReadOnlySpan<char> spread, Span<char> letters)
    {
        var length = 0;
        foreach (var letter in spread)
        {
            if (letter == '~')
            {
                letters[length - 1] = letters[length - 1] == 'a' ? 'ã' : 'õ';
            }
            else
            {
                letters[length++] = letter;
            }
        }

        return length;
    }

    private static bool CutStandard(ref StemWord word)
    {
        var group = Standard.Find(word.Text, 0, out var start);
        switch (group)
        {
            case 0:
                return false;
            case 2:
                return word.Replace(start, "log", word.Second);
            case 3:
                return word.Replace(start, "u", word.Second);
            case 4:
                return word.Replace(start, "ente", word.Second);
            case 9:
                return word.Before(start) == 'e' && word.Replace(start, "ir", word.Verbal);
        }

        if (!word.CutAt(start, group == 5 ? word.First : word.Second))
        {
            return false;
        }

        switch (group)
        {
            case 5:
                var before = BeforeAmente.Find(word.Text, 0, out var at);
                if (before > 0 && word.CutAt(at, word.Second) && before == 1)
                {
                    word.Cut("at", word.Second);
                }

                break;
            case 6 when BeforeMente.Find(word.Text, 0, out var at6) > 0:
                word.CutAt(at6, word.Second);
                break;
            case 7 when BeforeIdade.Find(word.Text, 0, out var at7) > 0:
                word.CutAt(at7, word.Second);
                break;
            case 8:
                word.Cut("at", word.Second);
                break;
        }

        return true;
    }

    private static bool CutVerb(ref StemWord word)
    {
        if (Verbs.Find(word.Text, word.Verbal, out var start) == 0)
        {
            return false;
        }

        word.CutAt(start);
        return true;
    }

    private static void CutLast(ref StemWord word)
    {
        if (word.EndsIn("ç"))
        {
            word.Replace(word.Length - 1, "c");
        }
        else if (word.Before(word.Length) is 'e' or 'é' or 'ê' && word.CutAt(word.Length - 1, word.Verbal) && (word.EndsIn("gu") || word.EndsIn("ci")))
        {
            word.CutAt(word.Length - 1, word.Verbal);
        }
    }
}
