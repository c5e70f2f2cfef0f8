namespace MemOS.Text;

/// <summary>
/// Folds accented Latin letters to the base letter, in lower case, so that "café" and "cafe" match. Needs no culture data:
/// the product runs with invariant globalisation.
/// </summary>
internal static class AccentFolding
{
    // One character per code point from U+00C0 and U+1E00 on, drawn from the canonical decompositions of Unicode;
    // '.' marks a code point without a single base letter.
    private const string Latin =
        "aaaaaa.ceeeeiiiidnooooo.ouuuuy..aaaaaa.ceeeeiiiidnooooo.ouuuuy.yaaaaaaccccccccddddeeeeeeeeeegggg"
        + "gggghhhhiiiiiiiiii..jjkkkllllllllllnnnnnnnnnoooooo..rrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs"
        + "b......................i..l.....oo.............uu....zz......................aaiioouuuuuuuuuu.aa"
        + "aa..ggggkkoooo..j...gg..nnaa....aaaaeeeeiiiioooorrrruuuusstt..hh......aaeeooooooooyy.......cclt."
        + "...b..eejj..rryy";

    private const string LatinAdditional =
        "aabbbbbbccddddddddddeeeeeeeeeeffgghhhhhhhhhhiiiikkkkkkllllllllmmmmmmnnnnnnnnoooooooopppprrrrrrrr"
        + "ssssssssssttttttttuuuuuuuuuuvvvvwwwwwwwwwwxxxxyyzzzzzzhtwy......aaaaaaaaaaaaaaaaaaaaaaaaeeeeeeee"
        + "eeeeeeeeiiiioooooooooooooooooooooooouuuuuuuuuuuuuuyyyyyyyy......";

    /// <summary>The base letter of a code unit, or the code unit in lower case where it has none.</summary>
    public static char Fold(char c)
    {
        var folded = c switch
        {
            >= '\u00C0' and < '\u0250' => Latin[c - '\u00C0'],
            >= '\u1E00' and < '\u1F00' => LatinAdditional[c - '\u1E00'],
            >= '\uFF01' and <= '\uFF5E' => char.ToLowerInvariant((char)(c - 0xFEE0)),
            _ => '.',
        };
        return folded == '.' ? FoldGreek(char.ToLowerInvariant(c)) : folded;
    }

    /// <summary>The two letters that a ligature stands for, or null.</summary>
    public static string? Expand(char c) =>
        c switch
        {
            '\u00DF' or '\u1E9E' => "ss",
            '\u00C6' or '\u00E6' => "ae",
            '\u0152' or '\u0153' => "oe",
            '\u00DE' or '\u00FE' => "th",
            '\u0132' or '\u0133' => "ij",
            _ => null,
        };

    private static char FoldGreek(char c) =>
        c switch
        {
            '\u03AC' => '\u03B1',
            '\u03AD' => '\u03B5',
            '\u03AE' => '\u03B7',
            '\u03AF' or '\u03CA' or '\u0390' => '\u03B9',
            '\u03CC' => '\u03BF',
            '\u03CD' or '\u03CB' or '\u03B0' => '\u03C5',
            '\u03CE' => '\u03C9',
            '\u03C2' => '\u03C3',
            _ => c,
        };
}
