using System.Globalization;
using MemOS.Cubes;

namespace MemOS.Operator.Recall.Filters;

/// <summary>A value that a field is compared with.</summary>
/// <param name="Text">As text.</param>
/// <param name="Number">As number, when it is one.</param>
/// <param name="Time">As time, when it is one: an instant is the tick it falls in, a date the whole day in UTC.</param>
public readonly record struct FilterValue(string Text, double? Number = null, TimeInterval? Time = null)
{
    /// <summary>A text.</summary>
    public static FilterValue Of(string text) => new(text);

    /// <summary>A number.</summary>
    public static FilterValue Of(double number) => new(number.ToString(CultureInfo.InvariantCulture), number);

    /// <summary>Yes or no.</summary>
    public static FilterValue Of(bool value) => new(value ? "true" : "false");

    /// <summary>An instant.</summary>
    public static FilterValue Of(DateTimeOffset instant) =>
        new(instant.ToString("O", CultureInfo.InvariantCulture), Time: new TimeInterval(instant, instant == DateTimeOffset.MaxValue ? null : instant.AddTicks(1)));

    /// <summary>A day, in UTC.</summary>
    public static FilterValue Of(DateOnly day)
    {
        var from = new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.Zero);
        return new FilterValue(day.ToString("O", CultureInfo.InvariantCulture), Time: new TimeInterval(from, day == DateOnly.MaxValue ? null : from.AddDays(1)));
    }
}
