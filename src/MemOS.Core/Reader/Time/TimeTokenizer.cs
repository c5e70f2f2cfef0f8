namespace MemOS.Reader.Time;

/// <summary>Cuts a text into <see cref="TimeToken"/>s. Letters and digits are separate tokens: "5th" is two.</summary>
internal static class TimeTokenizer
{
    // A number that is longer cannot be part of a date; the grammar refuses this value everywhere.
    private const int TooLong = int.MaxValue;

    /// <summary>Whether a text can hold a time expression at all. Costs one look-up per word.</summary>
    public static bool MayHoldTime(ReadOnlySpan<char> text)
    {
        var i = 0;
        while (i < text.Length)
        {
            var c = text[i];
            if (char.IsAsciiDigit(c))
            {
                return true;
            }

            if (!char.IsAsciiLetter(c))
            {
                i++;
                continue;
            }

            var start = i;
            while (++i < text.Length && char.IsAsciiLetter(text[i]))
            {
            }

            if (i - start > 2 && TimeVocabulary.IsTrigger(TimeVocabulary.Find(text[start..i]).Kind))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Cuts the text. There are at most as many tokens as characters.</summary>
    /// <returns>How many tokens were written.</returns>
    public static int Tokenize(ReadOnlySpan<char> text, Span<TimeToken> tokens)
    {
        var count = 0;
        var i = 0;
        var glued = false;
        while (i < text.Length)
        {
            var start = i;
            var c = text[i];
            if (char.IsAsciiDigit(c))
            {
                while (++i < text.Length && char.IsAsciiDigit(text[i]))
                {
                }

                var value = i - start <= 8 ? int.Parse(text[start..i], System.Globalization.CultureInfo.InvariantCulture) : TooLong;
                tokens[count++] = new TimeToken(start, i - start, TimeWordKind.Number, value, glued, false);
            }
            else if (char.IsLetter(c))
            {
                while (++i < text.Length && char.IsLetter(text[i]))
                {
                }

                var (kind, value) = TimeVocabulary.Find(text[start..i]);
                tokens[count++] = new TimeToken(start, i - start, kind, value, glued, char.IsUpper(c));
            }
            else
            {
                i++;
                if (char.IsWhiteSpace(c))
                {
                    glued = false;
                    continue;
                }

                var mark = c is '\u2013' or '\u2014' ? '-' : c;
                tokens[count++] = new TimeToken(start, 1, TimeWordKind.Punctuation, mark, glued, false);
            }

            glued = true;
        }

        return count;
    }
}
