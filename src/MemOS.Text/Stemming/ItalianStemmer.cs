namespace MemOS.Text.Stemming;

/// <summary>The Italian Snowball stemmer, written from the description at snowballstem.org/algorithms/italian/stemmer.html (the form of Snowball 2).</summary>
/// <remarks>Letters that act as consonants are upper case while the steps run. The accents of the result are left to the folding of accents.</remarks>
internal static class ItalianStemmer
{
    private const string Vowels = "aeiouàèìòù";
    private const string Acute = "áéíóú";
    private const string Grave = "àèìòù";
    private const string LastVowels = "aeioàèìò";

    private static readonly SuffixTable Pronouns = new(
        "ci gli la le li lo mi ne si ti vi sene gliela gliele glieli glielo gliene mela mele meli melo mene tela tele teli telo tene cela cele celi celo cene vela vele veli velo vene");

    private static readonly SuffixTable BeforePronoun = new("ando endo", "ar er ir");

    private static readonly SuffixTable Standard = new(
        "anza anze ico ici ica ice iche ichi ismo ismi abile abili ibile ibili ista iste isti istà istè istì oso osi osa ose mente atrice atrici ante anti",
        "azione azioni atore atori",
        "logia logie",
        "uzione uzioni usione usioni",
        "enza enze",
        "amento amenti imento imenti",
        "amente",
        "ità",
        "ivo ivi iva ive");

    private static readonly SuffixTable BeforeAmente = new("iv", "os ic abil");

    private static readonly SuffixTable BeforeIta = new("abil ic iv");

    private static readonly SuffixTable Verbs = new(
        "ammo ando ano are arono asse assero assi assimo ata ate ati ato ava avamo avano avate avi avo emmo enda ende endi endo erà erai eranno ere erebbe erebbero "
        + "erei eremmo eremo ereste eresti erete erò erono essero ete eva evamo evano evate evi evo iamo immo irà irai iranno ire irebbe irebbero irei iremmo iremo "
        + "ireste iresti irete irò irono isca iscano isce isci isco iscono issero ita ite iti ito iva ivamo ivano ivate ivi ivo ono uta ute uti uto ar ir Yamo");

    /// <summary>Stems a word in place.</summary>
    /// <returns>The length of the stem.</returns>
    public static int Stem(Span<char> letters)
    {
        Prepare(letters);
        StemWord word = new(letters);
        word.MarkRegions(Vowels);
        word.MarkVerbalRegion(Vowels);
        CutPronoun(ref word);
        if (!CutStandard(ref word) && Verbs.Find(word.Text, word.Verbal, out var start) > 0)
        {
            word.CutAt(start);
        }

        CutVowels(ref word);
        Span<char> stem = letters[..word.Length];
        stem.Replace('U', 'u');
        stem.Replace('I', 'i');
        return word.Length;
    }

    private static bool IsVowel(char c) => Vowels.Contains(c);

    private static void Prepare(Span<char> letters)
    {
        foreach (ref var letter in letters)
        {
            letter = Acute.IndexOf(letter) is >= 0 and var at ? Grave[at] : letter;
        }

        for (var i = 1; i < letters.Length; i++)
        {
            var between = i + 1 < letters.Length && IsVowel(letters[i - 1]) && IsVowel(letters[i + 1]);
            letters[i] = letters[i] switch
            {
                'u' when between || letters[i - 1] == 'q' => 'U',
                'i' when between => 'I',
                var same => same,
            };
        }
    }

    private static void CutPronoun(ref StemWord word)
    {
        if (Pronouns.Find(word.Text, 0, out var pronoun) == 0)
        {
            return;
        }

        var group = BeforePronoun.Find(word.Text[..pronoun], 0, out var start);
        if (group > 0 && start >= word.Verbal)
        {
            word.CutAt(pronoun);
            if (group == 2)
            {
                word.Replace(pronoun, "e"); // an infinitive has its e again
            }
        }
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

        if (!word.CutAt(start, group switch { 6 => word.Verbal, 7 => word.First, _ => word.Second }))
        {
            return false;
        }

        switch (group)
        {
            case 2:
                word.Cut("ic", word.Second);
                break;
            case 7:
                var before = BeforeAmente.Find(word.Text, 0, out var at);
                if (before > 0 && word.CutAt(at, word.Second) && before == 1)
                {
                    word.Cut("at", word.Second);
                }

                break;
            case 8 when BeforeIta.Find(word.Text, 0, out var at8) > 0:
                word.CutAt(at8, word.Second);
                break;
            case 9 when word.Cut("at", word.Second):
                word.Cut("ic", word.Second);
                break;
        }

        return true;
    }

    private static void CutVowels(ref StemWord word)
    {
        if (LastVowels.Contains(word.Before(word.Length)) && word.CutAt(word.Length - 1, word.Verbal))
        {
            word.Cut("i", word.Verbal);
        }

        if ((word.EndsIn("ch") || word.EndsIn("gh")) && word.Length - 1 > word.Verbal)
        {
            word.CutAt(word.Length - 1);
        }
    }
}
