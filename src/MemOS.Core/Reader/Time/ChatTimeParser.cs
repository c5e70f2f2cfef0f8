using System.Globalization;

namespace MemOS.Reader.Time;

/// <summary>
/// Reads the time that a client gives with a message: ISO 8601 with or without zone, "2026-01-02 10:00:00", "1:56 pm on 8 May, 2023",
/// "8 May 2023, 13:56", "2023/05/08", RFC 1123, or seconds or milliseconds since 1970 as digits.
/// </summary>
/// <remarks>
/// A time without zone is in the offset of the time of receipt; a date without time is its midnight. Words that need a reference
/// ("yesterday") and dates without a year are refused. Never throws on a string. Safe for use from several threads.
/// </remarks>
public static class ChatTimeParser
{
    private const int Longest = 64;
    private const string Fraction = "FFFFFFF";

    private static readonly string[] Zoneless =
    [
        .. from date in new[] { "yyyy'-'M'-'d", "yyyy'/'M'/'d", "yyyyMMdd" }
           from time in new[] { "'T'H':'mm", "'T'H':'mm':'ss." + Fraction, "'T'HHmmss", " H':'mm", " H':'mm':'ss." + Fraction, string.Empty }
           select date + time,
    ];

    private static readonly string[] Zoned =
    [
        .. from format in Zoneless
           where format.Contains('H', StringComparison.Ordinal)
           from zone in new[] { "zzz", "' 'zzz", "zz", "'Z'", "'z'", "' UTC'" }
           select format + zone,
    ];

    /// <summary>Reads a time.</summary>
    /// <param name="text">What the client sent; may be null.</param>
    /// <param name="receivedAt">When the message came in, in the offset to assume.</param>
    /// <param name="time">The time, when the method returns true.</param>
    /// <returns>Whether the text names one instant or one day that exists.</returns>
    public static bool TryParse(string? text, DateTimeOffset receivedAt, out DateTimeOffset time)
    {
        time = default;
        var trimmed = text.AsSpan().Trim();
        if (trimmed.IsEmpty || trimmed.Length > Longest)
        {
            return false;
        }

        if (!trimmed.ContainsAnyExceptInRange('0', '9') && trimmed.Length != 8)
        {
            return TryEpoch(trimmed, receivedAt.Offset, out time);
        }

        if (DateTime.TryParseExact(trimmed, Zoneless, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local))
        {
            return TryAttach(local, receivedAt.Offset, out time);
        }

        const DateTimeStyles zone = DateTimeStyles.AssumeUniversal;
        if (DateTimeOffset.TryParseExact(trimmed, Zoned, CultureInfo.InvariantCulture, zone, out time)
            || DateTimeOffset.TryParseExact(trimmed, "r", CultureInfo.InvariantCulture, zone, out time))
        {
            return true;
        }

        return TryWords(trimmed, receivedAt, out time);
    }

    private static bool TryEpoch(ReadOnlySpan<char> digits, TimeSpan offset, out DateTimeOffset time)
    {
        time = default;

        // 9 to 11 digits are seconds from 1973 to 5138, 12 to 14 are milliseconds of the same span.
        if (digits.Length is < 9 or > 14 || !long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var value))
        {
            return false;
        }

        var ticks = DateTime.UnixEpoch.Ticks + (value * (digits.Length <= 11 ? TimeSpan.TicksPerSecond : TimeSpan.TicksPerMillisecond));
        return CalendarTicks.IsValid(ticks) && TryAttach(new DateTime(ticks + offset.Ticks), offset, out time);
    }

    private static bool TryWords(ReadOnlySpan<char> text, DateTimeOffset receivedAt, out DateTimeOffset time)
    {
        time = default;
        var mentions = TimeExpressionParser.Parse(text, receivedAt);
        if (mentions.Count != 1
            || mentions[0] is not { IsAbsolute: true, IsVague: false, Granularity: <= TimeGranularity.Hour or TimeGranularity.Day } mention
            || mention.Start != 0 || mention.Length != text.Length || mention.Interval.From is not { } from)
        {
            return false;
        }

        time = from;
        return true;
    }

    private static bool TryAttach(DateTime local, TimeSpan offset, out DateTimeOffset time)
    {
        var possible = CalendarTicks.IsValid(local.Ticks - offset.Ticks);
        time = possible ? new DateTimeOffset(local.Ticks, offset) : default;
        return possible;
    }
}
