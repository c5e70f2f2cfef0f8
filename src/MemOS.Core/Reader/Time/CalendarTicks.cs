namespace MemOS.Reader.Time;

/// <summary>
/// Calendar arithmetic on ticks of local time. Results may lie outside what <see cref="DateTime"/> can hold, which is checked once at
/// the end (<see cref="IsValid"/>), so that no step throws.
/// </summary>
internal static class CalendarTicks
{
    public const long Day = TimeSpan.TicksPerDay;
    public const long Hour = TimeSpan.TicksPerHour;
    public const long Minute = TimeSpan.TicksPerMinute;

    private const long FarAway = 4_000_000 * Day;

    /// <summary>Whether ticks lie in the years 1 to 9999.</summary>
    public static bool IsValid(long ticks) => ticks >= 0 && ticks <= DateTime.MaxValue.Ticks;

    /// <summary>The start of the day.</summary>
    public static long DayOf(long ticks) => ticks - Modulo(ticks, Day);

    /// <summary>The day of the week; Monday is 0.</summary>
    public static int WeekdayOf(long ticks) => (int)Modulo(DayOf(ticks) / Day, 7); // 0001-01-01 was a Monday.

    /// <summary>The Monday on which the ISO week starts.</summary>
    public static long WeekOf(long ticks) => DayOf(ticks) - (WeekdayOf(ticks) * Day);

    /// <summary>Months since year 0: year * 12 + month - 1.</summary>
    public static int MonthOf(long ticks)
    {
        var date = new DateTime(Math.Clamp(ticks, 0, DateTime.MaxValue.Ticks));
        return (date.Year * 12) + date.Month - 1;
    }

    /// <summary>The year.</summary>
    public static int YearOf(long ticks) => MonthOf(ticks) / 12;

    /// <summary>The first day of a month that is counted as in <see cref="MonthOf"/>.</summary>
    public static long MonthStart(long month) =>
        month < 12 ? -FarAway
        : month == 120_000 ? DateTime.MaxValue.Ticks + 1
        : month > 120_000 ? DateTime.MaxValue.Ticks + FarAway
        : new DateTime((int)(month / 12), (int)(month % 12) + 1, 1).Ticks;

    /// <summary>The first day of a year.</summary>
    public static long YearStart(long year) => MonthStart(year * 12);

    /// <summary>A calendar date, or null when it does not exist.</summary>
    public static long? Date(int year, int month, int day) =>
        year is >= 1 and <= 9999 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month)
            ? new DateTime(year, month, day).Ticks
            : null;

    /// <summary>Moves by a number of units; months and years keep the day where the month has it, else take its last.</summary>
    public static long Add(long ticks, TimeUnit unit, long count) =>
        unit switch
        {
            TimeUnit.Minute => ticks + (count * Minute),
            TimeUnit.Hour => ticks + (count * Hour),
            TimeUnit.Day => ticks + (count * Day),
            TimeUnit.Week or TimeUnit.Weekend => ticks + (count * 7 * Day),
            TimeUnit.Month => AddMonths(ticks, count),
            TimeUnit.Year => AddMonths(ticks, count * 12),
            _ => AddMonths(ticks, count * 120),
        };

    /// <summary>The unit of the calendar in which an instant lies.</summary>
    public static TimeMatch UnitAt(long ticks, TimeUnit unit, int next)
    {
        switch (unit)
        {
            case TimeUnit.Minute:
                var minute = ticks - Modulo(ticks, Minute);
                return new TimeMatch(next, minute, minute + Minute, TimeGranularity.Minute);
            case TimeUnit.Hour:
                var hour = ticks - Modulo(ticks, Hour);
                return new TimeMatch(next, hour, hour + Hour, TimeGranularity.Hour);
            case TimeUnit.Day:
                return new TimeMatch(next, DayOf(ticks), DayOf(ticks) + Day, TimeGranularity.Day);
            case TimeUnit.Week:
                return new TimeMatch(next, WeekOf(ticks), WeekOf(ticks) + (7 * Day), TimeGranularity.Week);
            case TimeUnit.Weekend:
                return new TimeMatch(next, WeekOf(ticks) + (5 * Day), WeekOf(ticks) + (7 * Day), TimeGranularity.Weekend);
        }

        if (!IsValid(ticks))
        {
            return default;
        }

        var month = MonthOf(ticks);
        var year = month / 12;
        return unit switch
        {
            TimeUnit.Month => new TimeMatch(next, MonthStart(month), MonthStart(month + 1), TimeGranularity.Month),
            TimeUnit.Year => new TimeMatch(next, YearStart(year), YearStart(year + 1), TimeGranularity.Year),
            _ => new TimeMatch(next, YearStart(year - (year % 10)), YearStart(year - (year % 10) + 10), TimeGranularity.Decade),
        };
    }

    /// <summary>Three months; winter starts in December of its year, the others in March, June and September.</summary>
    public static TimeMatch SeasonOf(int season, int year, int next)
    {
        var month = (year * 12L) + (season == 0 ? 11 : (season * 3) - 1);
        return new TimeMatch(next, MonthStart(month), MonthStart(month + 3), TimeGranularity.Season);
    }

    private static long AddMonths(long ticks, long count)
    {
        if (!IsValid(ticks))
        {
            return ticks;
        }

        var date = new DateTime(ticks);
        var month = MonthOf(ticks) + count;
        var start = MonthStart(month);
        if (!IsValid(start))
        {
            return start;
        }

        var last = DateTime.DaysInMonth((int)(month / 12), (int)(month % 12) + 1);
        return start + ((Math.Min(date.Day, last) - 1) * Day) + date.TimeOfDay.Ticks;
    }

    private static long Modulo(long value, long divisor) => ((value % divisor) + divisor) % divisor;
}
