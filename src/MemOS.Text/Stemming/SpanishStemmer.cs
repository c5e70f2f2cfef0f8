namespace MemOS.Text.Stemming;

/// <summary>The Spanish Snowball stemmer, written from the description at snowballstem.org/algorithms/spanish/stemmer.html (the form of Snowball 2).</summary>
/// <remarks>The accents of the result are left to the folding of accents.</remarks>
internal static class SpanishStemmer
{
    private const string Vowels = "aeiouáéíóúü";

    private static readonly SuffixTable Pronouns = new("me se sela selo selas selos la le lo las les los nos");

    private static readonly SuffixTable BeforePronoun = new("iéndo", "ándo", "ár", "ér", "ír", "ando iendo ar er ir", "yendo");

    private static readonly SuffixTable Standard = new(
        "anza anzas ico ica icos icas ismo ismos able ables ible ibles ista istas oso osa osos osas amiento amientos imiento imientos",
        "adora ador ación adoras adores aciones ante antes ancia ancias acion",
        "logía logías",
        "ución uciones ucion",
        "encia encias",
        "amente",
        "mente",
        "idad idades",
        "iva ivo ivas ivos");

    private static readonly SuffixTable BeforeAmente = new("iv", "os ic ad");

    private static readonly SuffixTable BeforeMente = new("ante able ible");

    private static readonly SuffixTable BeforeIdad = new("abil ic iv");

    private static readonly SuffixTable VerbsInY = new("ya ye yan yen yeron yendo yo yó yas yes yais yamos");

    private static readonly SuffixTable Verbs = new(
        "en es éis emos",
        "arían arías arán arás aríais aría aréis aríamos aremos ará aré erían erías erán erás eríais ería eréis eríamos eremos erá eré irían irías irán irás "
        + "iríais iría iréis iríamos iremos irá iré aba ada ida ía ara iera ad ed id ase iese aste iste an aban ían aran ieran asen iesen aron ieron ado ido "
        + "ando iendo ió ar er ir as abas adas idas ías aras ieras ases ieses ís áis abais íais arais ierais aseis ieseis asteis isteis ados idos amos ábamos "
        + "íamos imos áramos iéramos iésemos ásemos");

    private static readonly SuffixTable Residual = new("os a o á í ó", "e é");

    /// <summary>Stems a word in place.</summary>
    /// <returns>The length of the stem.</returns>
    public static int Stem(Span<char> letters)
    {
        StemWord word = new(letters);
        word.MarkRegions(Vowels);
        word.MarkVerbalRegion(Vowels);
        CutPronoun(ref word);
        if (!CutStandard(ref word) && !CutVerbInY(ref word))
        {
            CutVerb(ref word);
        }

        CutResidual(ref word);
        return word.Length;
    }

    private static void CutPronoun(ref StemWord word)
    {
        if (Pronouns.Find(word.Text, 0, out var pronoun) == 0)
        {
            return;
        }

        var group = BeforePronoun.Find(word.Text[..pronoun], 0, out var start);
        if (group == 0 || start < word.Verbal || (group == 7 && word.Before(start) != 'u'))
        {
            return;
        }

        word.Replace(start, group switch { 1 => "iendo", 2 => "ando", 3 => "ar", 4 => "er", 5 => "ir", _ => word.Text[start..pronoun] });
    }

    private static bool CutStandard(ref StemWord word)
    {
        var group = Standard.Find(word.Text, 0, out var start);
        switch (group)
        {
            case 0:
                return false;
            case 3:
                return word.Replace(start, "log", word.Second);
            case 4:
                return word.Replace(start, "u", word.Second);
            case 5:
                return word.Replace(start, "ente", word.Second);
        }

        if (!word.CutAt(start, group == 6 ? word.First : word.Second))
        {
            return false;
        }

        switch (group)
        {
            case 2:
                word.Cut("ic", word.Second);
                break;
            case 6:
                var before = BeforeAmente.Find(word.Text, 0, out var at);
                if (before > 0 && word.CutAt(at, word.Second) && before == 1)
                {
                    word.Cut("at", word.Second);
                }

                break;
            case 7 when BeforeMente.Find(word.Text, 0, out var at7) > 0:
                word.CutAt(at7, word.Second);
                break;
            case 8 when BeforeIdad.Find(word.Text, 0, out var at8) > 0:
                word.CutAt(at8, word.Second);
                break;
            case 9:
                word.Cut("at", word.Second);
                break;
        }

        return true;
    }

    private static bool CutVerbInY(ref StemWord word)
    {
        if (VerbsInY.Find(word.Text, word.Verbal, out var start) == 0 || word.Before(start) != 'u')
        {
            return false;
        }

        word.CutAt(start);
        return true;
    }

    private static void CutVerb(ref StemWord word)
    {
        var group = Verbs.Find(word.Text, word.Verbal, out var start);
        if (group > 0)
        {
            word.CutAt(group == 1 && word.EndsIn("gu", start) ? start - 1 : start);
        }
    }

    private static void CutResidual(ref StemWord word)
    {
        var group = Residual.Find(word.Text, 0, out var start);
        if (group > 0 && word.CutAt(start, word.Verbal) && group == 2 && word.EndsIn("gu"))
        {
            word.CutAt(word.Length - 1, word.Verbal);
        }
    }
}
