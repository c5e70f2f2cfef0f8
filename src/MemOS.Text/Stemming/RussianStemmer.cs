namespace MemOS.Text.Stemming;

/// <summary>The Russian Snowball stemmer, written from the description at snowballstem.org/algorithms/russian/stemmer.html (the form of Snowball 2).</summary>
internal static class RussianStemmer
{
    private const string Vowels = "аеиоуыэюя";

    private static readonly SuffixTable Gerund = new("в вши вшись", "ив ивши ившись ыв ывши ывшись");

    private static readonly SuffixTable Reflexive = new("ся сь");

    private static readonly SuffixTable Adjective = new("ее ие ые ое ими ыми ей ий ый ой ем им ым ом его ого ему ому их ых ую юю ая яя ою ею");

    private static readonly SuffixTable Participle = new("ем нн вш ющ щ", "ивш ывш ующ");

    private static readonly SuffixTable Verb = new(
        "ла на ете йте ли й л ем н ло но ет ют ны ть ешь нно",
        "ила ыла ена ейте уйте ите или ыли ей уй ил ыл им ым ен ило ыло ено ят ует уют ит ыт ены ить ыть ишь ую ю");

    private static readonly SuffixTable Noun = new("а ев ов ие ье е иями ями ами еи ии и ией ей ой ий й иям ям ием ем ам ом о у ах иях ях ы ь ию ью ю ия ья я");

    private static readonly SuffixTable Derivation = new("ост ость");

    private static readonly SuffixTable Superlative = new("ейш ейше");

    /// <summary>Stems a word in place.</summary>
    /// <returns>The length of the stem.</returns>
    public static int Stem(Span<char> letters)
    {
        letters.Replace('ё', 'е');
        StemWord word = new(letters);
        word.MarkRegions(Vowels);
        var vowel = 0;
        while (vowel < letters.Length && !Vowels.Contains(letters[vowel]))
        {
            vowel++;
        }

        word.Verbal = Math.Min(vowel + 1, letters.Length);
        if (!Cut(ref word, Gerund))
        {
            Cut(ref word, Reflexive, ofVerb: false);
            if (Cut(ref word, Adjective, ofVerb: false))
            {
                Cut(ref word, Participle);
            }
            else if (!Cut(ref word, Verb))
            {
                Cut(ref word, Noun, ofVerb: false);
            }
        }

        word.Cut("и", word.Verbal);
        if (Derivation.Find(word.Text, word.Verbal, out var start) > 0)
        {
            word.CutAt(start, word.Second);
        }

        Tidy(ref word);
        return word.Length;
    }

    /// <summary>Cuts off the longest suffix of a table. Of a verb's, those of the first group are ones only after а and я.</summary>
    private static bool Cut(ref StemWord word, SuffixTable suffixes, bool ofVerb = true)
    {
        var group = suffixes.Find(word.Text, word.Verbal, out var start);
        if (group == 0 || (ofVerb && group == 1 && (start <= word.Verbal || word.Before(start) is not ('а' or 'я'))))
        {
            return false;
        }

        word.CutAt(start);
        return true;
    }

    private static void Tidy(ref StemWord word)
    {
        if (Superlative.Find(word.Text, word.Verbal, out var start) > 0)
        {
            word.CutAt(start);
        }
        else if (word.Cut("ь", word.Verbal))
        {
            return;
        }

        if (word.EndsIn("нн"))
        {
            word.CutAt(word.Length - 1, word.Verbal + 1);
        }
    }
}
