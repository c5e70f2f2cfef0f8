namespace MemOS.Text.Stemming;

/// <summary>The French Snowball stemmer, written from the description at snowballstem.org/algorithms/french/stemmer.html (the form of Snowball 2).</summary>
/// <remarks>Letters that act as consonants are upper case while the steps run.</remarks>
internal static class FrenchStemmer
{
    private const string Vowels = "aeiouyâàëéêèïîôûù";
    private const string KeptWithS = "aiouès";

    private static readonly SuffixTable Standard = new(
        "ance iqUe isme able iste eux ances iqUes ismes ables istes",
        "atrice ateur ation atrices ateurs ations",
        "logie logies",
        "usion ution usions utions",
        "ence ences",
        "ement ements",
        "ité ités",
        "if ive ifs ives",
        "eaux",
        "aux",
        "euse euses",
        "issement issements",
        "amment",
        "emment",
        "ment ments");

    private static readonly SuffixTable BeforeEment = new("iv", "eus", "abl iqU", "ièr Ièr");

    private static readonly SuffixTable BeforeIte = new("abil", "ic", "iv");

    private static readonly SuffixTable VerbsInI = new(
        "îmes ît îtes i ie Ie ies ir ira irai iraIent irais irait iras irent irez iriez irions irons iront is issaIent issais issait issant issante "
        + "issantes issants isse issent isses issez issiez issions issons it");

    private static readonly SuffixTable Verbs = new(
        "ions",
        "é ée ées és èrent er era erai eraIent erais erait eras erez eriez erions erons eront ez iez",
        "âmes ât âtes a ai aIent ais ait ant ante antes ants as asse assent asses assiez assions");

    private static readonly SuffixTable Residual = new("ion", "ier ière Ier Ière", "e");

    private static readonly SuffixTable Doubled = new("enn onn ett ell eill");

    /// <summary>Stems a word in place.</summary>
    /// <returns>The length of the stem.</returns>
    public static int Stem(Span<char> letters)
    {
        MarkConsonants(letters);
        StemWord word = new(letters);
        word.MarkRegions(Vowels);
        word.Verbal = VerbalRegion(letters);
        if (CutStandard(ref word) || CutVerbInI(ref word) || CutVerb(ref word))
        {
            if (word.EndsIn("Y"))
            {
                word.Replace(word.Length - 1, "i");
            }
            else if (word.EndsIn("ç"))
            {
                word.Replace(word.Length - 1, "c");
            }
        }
        else
        {
            CutResidual(ref word);
        }

        if (Doubled.Find(word.Text, 0, out _) != 0)
        {
            word.CutAt(word.Length - 1);
        }

        TakeOffAccent(ref word);
        Span<char> stem = letters[..word.Length];
        stem.Replace('I', 'i');
        stem.Replace('U', 'u');
        stem.Replace('Y', 'y');
        return word.Length;
    }

    private static bool IsVowel(char c) => Vowels.Contains(c);

    private static void MarkConsonants(Span<char> letters)
    {
        for (var i = 0; i < letters.Length; i++)
        {
            var afterVowel = i > 0 && IsVowel(letters[i - 1]);
            var beforeVowel = i + 1 < letters.Length && IsVowel(letters[i + 1]);
            letters[i] = letters[i] switch
            {
                'u' when (afterVowel && beforeVowel) || (i > 0 && letters[i - 1] == 'q') => 'U',
                'i' when afterVowel && beforeVowel => 'I',
                'y' when afterVowel || beforeVowel => 'Y',
                var same => same,
            };
        }
    }

    private static int VerbalRegion(ReadOnlySpan<char> word)
    {
        if (word.Length >= 3 && ((IsVowel(word[0]) && IsVowel(word[1])) || word.StartsWith("par") || word.StartsWith("col") || word.StartsWith("tap")))
        {
            return 3;
        }

        for (var i = 1; i < word.Length; i++)
        {
            if (IsVowel(word[i]))
            {
                return i + 1;
            }
        }

        return word.Length;
    }

    private static bool CutStandard(ref StemWord word)
    {
        var group = Standard.Find(word.Text, 0, out var start);
        switch (group)
        {
            case 1:
                return word.CutAt(start, word.Second);
            case 2:
                if (!word.CutAt(start, word.Second))
                {
                    return false;
                }

                CutIc(ref word);
                return true;
            case 3:
                return word.Replace(start, "log", word.Second);
            case 4:
                return word.Replace(start, "u", word.Second);
            case 5:
                return word.Replace(start, "ent", word.Second);
            case 6:
                return CutEment(ref word, start);
            case 7:
                return CutIte(ref word, start);
            case 8:
                if (!word.CutAt(start, word.Second))
                {
                    return false;
                }

                if (word.Cut("at", word.Second))
                {
                    CutIc(ref word);
                }

                return true;
            case 9:
                word.Replace(start, "eau");
                return true;
            case 10:
                return word.Replace(start, "al", word.First);
            case 11:
                return word.CutAt(start, word.Second) || word.Replace(start, "eux", word.First);
            case 12:
                return !IsVowel(word.Before(start)) && word.CutAt(start, word.First);
            case 13 or 14:
                // What is left is a verb's form, so the steps for verbs follow.
                word.Replace(start, group == 13 ? "ant" : "ent", word.Verbal);
                return false;
            case 15:
                if (start > word.Verbal && IsVowel(word.Before(start)))
                {
                    word.CutAt(start);
                }

                return false;
            default:
                return false;
        }
    }

    private static void CutIc(ref StemWord word)
    {
        if (word.EndsIn("ic") && !word.Cut("ic", word.Second))
        {
            word.Replace(word.Length - 2, "iqU");
        }
    }

    private static bool CutEment(ref StemWord word, int start)
    {
        if (!word.CutAt(start, word.Verbal))
        {
            return false;
        }

        switch (BeforeEment.Find(word.Text, 0, out var at))
        {
            case 1 when word.CutAt(at, word.Second):
                word.Cut("at", word.Second);
                break;
            case 2 when !word.CutAt(at, word.Second):
                word.Replace(at, "eux", word.First);
                break;
            case 3:
                word.CutAt(at, word.Second);
                break;
            case 4:
                word.Replace(at, "i", word.Verbal);
                break;
        }

        return true;
    }

    private static bool CutIte(ref StemWord word, int start)
    {
        if (!word.CutAt(start, word.Second))
        {
            return false;
        }

        switch (BeforeIte.Find(word.Text, 0, out var at))
        {
            case 1 when !word.CutAt(at, word.Second):
                word.Replace(at, "abl");
                break;
            case 2:
                CutIc(ref word);
                break;
            case 3:
                word.CutAt(at, word.Second);
                break;
        }

        return true;
    }

    private static bool CutVerbInI(ref StemWord word)
    {
        if (VerbsInI.Find(word.Text, word.Verbal, out var start) == 0 || start <= word.Verbal || IsVowel(word.Before(start)) || word.Before(start) == 'H')
        {
            return false;
        }

        word.CutAt(start);
        return true;
    }

    private static bool CutVerb(ref StemWord word)
    {
        switch (Verbs.Find(word.Text, word.Verbal, out var start))
        {
            case 1:
                return word.CutAt(start, word.Second);
            case 2:
                word.CutAt(start);
                return true;
            case 3:
                word.CutAt(start);
                word.Cut("e", word.Verbal);
                return true;
            default:
                return false;
        }
    }

    private static void CutResidual(ref StemWord word)
    {
        if (word.EndsIn("s") && word.Length > 1 && !KeptWithS.Contains(word.Before(word.Length - 1)))
        {
            word.CutAt(word.Length - 1);
        }

        switch (Residual.Find(word.Text, word.Verbal, out var start))
        {
            case 1 when start > word.Verbal && word.Before(start) is 's' or 't':
                word.CutAt(start, word.Second);
                break;
            case 2:
                word.Replace(start, "i");
                break;
            case 3:
                word.CutAt(start);
                break;
        }
    }

    private static void TakeOffAccent(ref StemWord word)
    {
        var at = word.Length - 1;
        while (at >= 0 && !IsVowel(word.Letters[at]))
        {
            at--;
        }

        if (at >= 0 && at < word.Length - 1 && word.Letters[at] is 'é' or 'è')
        {
            word.Letters[at] = 'e';
        }
    }
}
