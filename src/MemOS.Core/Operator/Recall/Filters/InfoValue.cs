using System.Globalization;
using MemOS.Cubes;

namespace MemOS.Operator.Recall.Filters;

/// <summary>Compares a stored value of the free metadata, and times.</summary>
internal static class InfoValue
{
    /// <summary>The order of the stored text against the value; null when they cannot be compared.</summary>
    public static int? Compare(string? key, string stored, FilterValue value)
    {
        if (value.Number is { } number)
        {
            return double.TryParse(stored, NumberStyles.Float, CultureInfo.InvariantCulture, out double parsed) ? parsed.CompareTo(number) : null;
        }

        if (value.Time is { } time && IsTimeKey(key) && FilterTime.TryParse(stored, out TimeInterval storedTime))
        {
            return Order(storedTime.From?.UtcTicks ?? 0, time);
        }

        return string.CompareOrdinal(stored, value.Text);
    }

    /// <summary>Whether the values of a key are compared as times.</summary>
    public static bool IsTimeKey(string? key) =>
        key is not null && (key.EndsWith("_at", StringComparison.Ordinal) || key.EndsWith("_time", StringComparison.Ordinal));

    /// <summary>Negative before the interval, 0 in it, positive after it.</summary>
    public static int Order(long ticks, TimeInterval? interval) =>
        interval is not { } bounds ? 0
        : bounds.From is { } from && ticks < from.UtcTicks ? -1
        : bounds.To is { } to && ticks >= to.UtcTicks ? 1
        : 0;
}
