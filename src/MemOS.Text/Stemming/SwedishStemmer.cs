namespace MemOS.Text.Stemming;

/// <summary>The Swedish Snowball stemmer, written from the description at snowballstem.org/algorithms/swedish/stemmer.html (the form of Snowball 2).</summary>
/// <remarks>Rings and dots are left to the folding of accents.</remarks>
internal static class SwedishStemmer
{
    private const string Vowels = "aeiouyäåö";
    private const string BeforeS = "bcdfghjklmnoprtvy";

    private static readonly SuffixTable Inflection = new(
        "a arna erna heterna orna ad e ade ande arne are aste en anden aren heten ern ar er heter or as arnas ernas ornas es ades andes ens arens hetens erns at andet het ast",
        "s");

    private static readonly SuffixTable Doubled = new("dd gd nn dt gt kt tt");
    private static readonly SuffixTable Derivation = new("lig ig els", "löst fullt");

    /// <summary>Stems a word in place.</summary>
    /// <returns>The length of the stem.</returns>
    public static int Stem(Span<char> letters)
    {
        StemWord word = new(letters);
        if (letters.Length >= 3)
        {
            word.MarkRegions(Vowels);
            word.First = Math.Max(3, word.First);
        }

        var group = Inflection.Find(word.Text, word.First, out var start);
        if (group == 1 || (group == 2 && BeforeS.Contains(word.Before(start))))
        {
            word.CutAt(start);
        }

        if (Doubled.Find(word.Text, word.First, out _) > 0)
        {
            word.CutAt(word.Length - 1);
        }

        group = Derivation.Find(word.Text, word.First, out start);
        if (group > 0)
        {
            word.CutAt(group == 1 ? start : word.Length - 1);
        }

        return word.Length;
    }
}
