using System.Buffers;
using System.Globalization;

namespace MemOS.Reader.Statements;

/// <summary>Reads e-mail addresses and telephone numbers.</summary>
internal static class Contact
{
    private static readonly SearchValues<char> AfterAddress = SearchValues.Create(" \t\r\n,;()<>");

    /// <summary>The address that begins at a token, in lower case; null when none does.</summary>
    public static string? Email(in SentenceScan scan, int at)
    {
        if (at >= scan.ClauseEnd)
        {
            return null;
        }

        ReadOnlySpan<char> rest = scan.Text.AsSpan(scan.Tokens[at].Start, scan.End - scan.Tokens[at].Start);
        int space = rest.IndexOfAny(AfterAddress);
        ReadOnlySpan<char> word = (space < 0 ? rest : rest[..space]).TrimEnd(".!?");
        int sign = word.IndexOf('@');
        return sign > 0 && word.LastIndexOf('@') == sign && word[(sign + 1)..].IndexOf('.') > 0 && word[^1] != '.'
            ? word.ToString().ToLower(CultureInfo.InvariantCulture) : null;
    }

    /// <summary>The digits of the number that begins at a token, with its plus sign; null when none does.</summary>
    public static string? Phone(in SentenceScan scan, int at)
    {
        if (at >= scan.ClauseEnd || !char.IsAsciiDigit(scan.Word(at)[0]))
        {
            return null;
        }

        int start = scan.Tokens[at].Start;
        Span<char> digits = stackalloc char[15];
        int count = 0;
        for (int i = start; i < scan.End && (char.IsAsciiDigit(scan.Text[i]) || scan.Text[i] is ' ' or '-' or '.' or '(' or ')'); i++)
        {
            if (!char.IsAsciiDigit(scan.Text[i]))
            {
                continue;
            }

            if (count == digits.Length)
            {
                return null;
            }

            digits[count++] = scan.Text[i];
        }

        bool international = start > 0 && scan.Text[start - 1] == '+';
        return count >= 7 ? $"{(international ? "+" : "")}{digits[..count]}" : null;
    }
}
