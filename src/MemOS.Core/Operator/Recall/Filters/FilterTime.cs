using System.Globalization;
using MemOS.Cubes;

namespace MemOS.Operator.Recall.Filters;

/// <summary>Reads the times of filters: ISO 8601 dates and date-times (UTC when they name no offset), or milliseconds since 1970.</summary>
internal static class FilterTime
{
    private static readonly string[] Formats =
    [
        "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd HH:mmK",
    ];

    /// <summary>Reads a text; a date is the whole day.</summary>
    public static bool TryParse(string text, out TimeInterval time)
    {
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly day))
        {
            time = FilterValue.Of(day).Time ?? default;
            return true;
        }

        if (DateTimeOffset.TryParseExact(
            text, Formats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AllowTrailingWhite, out DateTimeOffset instant))
        {
            time = FilterValue.Of(instant).Time ?? default;
            return true;
        }

        time = default;
        return double.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out double milliseconds) && TryParse(milliseconds, out time);
    }

    /// <summary>Reads milliseconds since 1970.</summary>
    public static bool TryParse(double milliseconds, out TimeInterval time)
    {
        bool inRange = milliseconds is >= -62135596800000 and <= 253402300799999;
        time = default;
        if (inRange)
        {
            DateTimeOffset from = DateTimeOffset.FromUnixTimeMilliseconds((long)Math.Floor(milliseconds));
            time = new TimeInterval(from, from.UtcTicks > DateTimeOffset.MaxValue.UtcTicks - TimeSpan.TicksPerMillisecond ? null : from.AddMilliseconds(1));
        }

        return inRange;
    }
}
