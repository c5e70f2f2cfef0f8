using System.Globalization;
using System.Text;

namespace MemOS.Text;

/// <summary>Sorts code points outside ASCII into <see cref="ScriptClass"/>es.</summary>
internal static class ScriptClassifier
{
    /// <summary>The class of a code point.</summary>
    public static ScriptClass Classify(Rune rune)
    {
        switch (Rune.GetUnicodeCategory(rune))
        {
            case UnicodeCategory.OtherLetter or UnicodeCategory.ModifierLetter or UnicodeCategory.LetterNumber
                when IsWrittenWithoutSpaces(rune.Value):
                return ScriptClass.Ideograph;
            case UnicodeCategory.ModifierLetter when rune.Value is 0x02BC or 0x0640:
                return ScriptClass.Ignored;
            case UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter
                or UnicodeCategory.OtherLetter or UnicodeCategory.ModifierLetter or UnicodeCategory.DecimalDigitNumber
                or UnicodeCategory.LetterNumber:
                return ScriptClass.Word;
            case UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark when IsWrittenWithoutSpaces(rune.Value):
                return ScriptClass.Ideograph;

            // Accents, niqqud and harakat are optional in writing; the vowel signs of Indic scripts are not.
            case UnicodeCategory.NonSpacingMark when rune.Value < 0x0700:
                return ScriptClass.Ignored;
            case UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark when rune.Value is not (>= 0xFE00 and <= 0xFE0F):
                return ScriptClass.Word;
            case UnicodeCategory.Format when rune.Value is 0x00AD or 0x200C or 0x200D:
                return ScriptClass.Ignored;
            default:
                return ScriptClass.Separator;
        }
    }

    private static bool IsWrittenWithoutSpaces(int codePoint) =>
        codePoint switch
        {
            < 0x0E00 => false,
            <= 0x0EFF => true, // Thai, Lao
            >= 0x1000 and <= 0x109F => true, // Myanmar
            >= 0x1100 and <= 0x11FF => true, // Hangul Jamo
            >= 0x1780 and <= 0x17FF => true, // Khmer
            >= 0x3005 and <= 0x3007 => true,
            >= 0x3040 and <= 0x318F => true, // Hiragana, Katakana, Bopomofo, Hangul compatibility Jamo
            >= 0x31F0 and <= 0x31FF => true,
            >= 0x3400 and <= 0x4DBF => true,
            >= 0x4E00 and <= 0x9FFF => true,
            >= 0xAC00 and <= 0xD7FF => true, // Hangul syllables
            >= 0xF900 and <= 0xFAFF => true,
            >= 0xFF66 and <= 0xFFDC => true, // half-width Katakana and Hangul
            >= 0x1B000 and <= 0x1B16F => true,
            >= 0x20000 and <= 0x3FFFF => true,
            _ => false,
        };
}
