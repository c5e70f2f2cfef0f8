using System.Globalization;
using System.Text;

namespace MemOS.Reader;

/// <summary>Message numbers in a job's argument: single ones and runs, for example <c>3,7-9</c>.</summary>
internal static class MessageNumbers
{
    /// <summary>Writes rising numbers.</summary>
    public static string Format(IReadOnlyList<long> numbers)
    {
        StringBuilder text = new();
        for (int i = 0; i < numbers.Count; i++)
        {
            long first = numbers[i];
            while (i + 1 < numbers.Count && numbers[i + 1] == numbers[i] + 1)
            {
                i++;
            }

            text.Append(text.Length == 0 ? "" : ",").Append(CultureInfo.InvariantCulture, $"{first}");
            if (numbers[i] > first)
            {
                text.Append(CultureInfo.InvariantCulture, $"-{numbers[i]}");
            }
        }

        return text.ToString();
    }

    /// <summary>Reads what <see cref="Format"/> writes, as runs.</summary>
    /// <exception cref="MemOSException"><see cref="ErrorCodes.InvalidInput"/> for anything else.</exception>
    public static IEnumerable<(long First, long Last)> Parse(string text)
    {
        foreach (string run in text.Split(','))
        {
            int dash = run.IndexOf('-', StringComparison.Ordinal);
            long last = 0;
            bool good = long.TryParse(dash < 0 ? run : run[..dash], NumberStyles.None, CultureInfo.InvariantCulture, out long first) &&
                (dash < 0 || long.TryParse(run.AsSpan(dash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out last));
            yield return good
                ? (first, dash < 0 ? first : last)
                : throw new MemOSException(ErrorCodes.InvalidInput, $"'{text}' are no message numbers: give them as 3,7-9.");
        }
    }
}
