using static MemOS.Reader.Time.TimeWordKind;

namespace MemOS.Reader.Time;

/// <summary>Days, weeks, months, years and seasons named by where they lie from the reference time. Weeks are ISO weeks.</summary>
internal static class RelativeRules
{
    /// <summary>"yesterday", "tonight", "last night", "this morning", "last Friday", "next month", "the past three weeks".</summary>
    public static TimeMatch Relative(in TimeScan scan, int i)
    {
        switch (scan.Kind(i))
        {
            case Today:
                return Shifted(scan, TimeUnit.Day, scan[i].Value, i + 1);
            case Tonight:
                return ClockRules.PartOf(Shifted(scan, TimeUnit.Day, 0, i), 3, i + 1);
            case OtherDay when scan.Kind(i + 1) == Unit && scan[i + 1].Value == (int)TimeUnit.Day && scan.Kind(i - 1) == The:
                return new TimeMatch(i + 2, scan.Today - (7 * CalendarTicks.Day), scan.Today, TimeGranularity.Range, IsVague: true);
            case TimeWordKind.Following:
                return Following(scan, i);
            case Last or Past:
                var over = scan.Kind(i - 1) == The && scan.Kind(i - 2) is In or During or Over;
                return Side(scan, i + 1, -1, rolling: over || scan.Kind(i) == Past);
            case Next:
                var next = scan.Kind(i - 1) == The ? Following(scan, i) : default;
                return next.Found ? next : Side(scan, i + 1, 1, rolling: false);
            case This when scan.Kind(i + 1) is Last or Past:
                return Side(scan, i + 2, -1, rolling: scan.Kind(i + 1) == Past);
            case This when scan.Kind(i + 1) == Next:
                return Side(scan, i + 2, 1, rolling: false);
            case This:
                return Side(scan, i + 1, 0, rolling: false);
            default:
                return default;
        }
    }

    /// <summary>"Friday", "Fri", "Friday, May 5", "Monday the 12th".</summary>
    public static TimeMatch Weekday(in TimeScan scan, int i, bool vouched)
    {
        var token = scan[i];
        if (token.Kind is not (TimeWordKind.Weekday or WeekdayShort) || scan.Kind(i - 1) == Every)
        {
            return default;
        }

        var j = token.Kind == WeekdayShort && scan[i + 1].Is('.') ? i + 2 : i + 1;
        j = scan.Skip(scan.Skip(j, ','), The);
        var date = DateRules.DayMonth(scan, j);
        date = date.Found ? date : DateRules.MonthDate(scan, j, vouched: false);
        date = date.Found ? date : DateRules.Numeric(scan, j);
        date = date.Found || scan.Kind(j - 1) != The ? date : DateRules.DayOfMonth(scan, j);
        if (date.IsDay || (date.Found && !date.IsValid))
        {
            return date;
        }

        if (token.Kind == WeekdayShort && !(vouched && token.Capital))
        {
            return default;
        }

        // Said on a Friday, "Friday" is last week's or next week's: today would be "today".
        var day = scan.Direction == TimeDirection.Past ? WeekdayBefore(scan.Today, token.Value) : WeekdayAfter(scan.Today, token.Value);
        return CalendarTicks.UnitAt(day, TimeUnit.Day, i + 1) with { Repeats = TimeUnit.Week };
    }

    /// <summary>A unit of the calendar, some units away from the reference time.</summary>
    public static TimeMatch Shifted(in TimeScan scan, TimeUnit unit, long count, int next) =>
        CalendarTicks.UnitAt(CalendarTicks.Add(unit >= TimeUnit.Day ? scan.Today : scan.Reference, unit, count), unit, next);

    private static TimeMatch Following(in TimeScan scan, int i)
    {
        if (scan.Kind(i + 1) != Unit || !scan.Previous.Found || scan.Previous.From == long.MinValue)
        {
            return default;
        }

        var unit = (TimeUnit)scan[i + 1].Value;
        return CalendarTicks.UnitAt(CalendarTicks.Add(scan.Previous.From, unit, 1), unit, i + 2);
    }

    private static TimeMatch Side(in TimeScan scan, int i, int side, bool rolling)
    {
        var token = scan[i];
        switch (token.Kind)
        {
            case Unit:
                return UnitOf(scan, i, side, rolling);
            case TimeWordKind.Weekday or WeekdayShort when token.Kind == TimeWordKind.Weekday || token.Capital:
                var day = side switch
                {
                    < 0 => WeekdayBefore(scan.Today, token.Value),
                    0 => CalendarTicks.WeekOf(scan.Today) + (token.Value * CalendarTicks.Day),
                    _ => WeekdayAfter(scan.Today, token.Value),
                };
                return CalendarTicks.UnitAt(day, TimeUnit.Day, i + 1);
            case Month or MonthShort:
                return MonthOf(scan, i, side);
            case TimeWordKind.Season:
                return SeasonOf(scan, i, side);
            case PartOfDay when side == 0 || (side < 0 && token.Value >= 2):
                return ClockRules.PartOf(Shifted(scan, TimeUnit.Day, side, i), token.Value, i + 1);
            case TimeWordKind.Number or Cardinal or Quantity or Couple when side != 0:
                var count = CountRules.Count(scan, i);
                return count.Next > 0 && scan.Kind(count.Next) == Unit ? Rolling(scan, (TimeUnit)scan[count.Next].Value, count, side) : default;
            default:
                return default;
        }
    }

    private static TimeMatch UnitOf(in TimeScan scan, int i, int side, bool rolling)
    {
        var unit = (TimeUnit)scan[i].Value;
        var plural = scan[i].Length > unit.ToString().Length;
        if (side == 0 ? unit <= TimeUnit.Day || plural : plural && side < 0 && !rolling)
        {
            return default;
        }

        if (plural)
        {
            return Rolling(scan, unit, (i, 2, 5, true), side);
        }

        if (side != 0 && unit != TimeUnit.Weekend && (rolling || unit <= TimeUnit.Hour))
        {
            return Rolling(scan, unit, (i, 1, 1, false), side);
        }

        return unit == TimeUnit.Day ? default : Shifted(scan, unit, side, i + 1);
    }

    /// <summary>"the last three weeks": from that long ago until the end of today, or the mirror image.</summary>
    private static TimeMatch Rolling(in TimeScan scan, TimeUnit unit, (int Next, int Low, int High, bool Vague) count, int side)
    {
        var fine = unit <= TimeUnit.Hour;
        var now = fine ? scan.Reference : scan.Today;
        var edge = CalendarTicks.Add(now, unit, (long)side * count.High);
        var today = fine ? 0 : CalendarTicks.Day;
        return side < 0
            ? new TimeMatch(count.Next + 1, edge, now + today, TimeGranularity.Range, count.Vague)
            : new TimeMatch(count.Next + 1, now, edge + today, TimeGranularity.Range, count.Vague);
    }

    private static TimeMatch MonthOf(in TimeScan scan, int i, int side)
    {
        var month = scan[i];
        if (!month.Capital && (month.Value is 3 or 5 || month.Kind == MonthShort))
        {
            return default;
        }

        var now = CalendarTicks.MonthOf(scan.Reference);
        var index = (now / 12 * 12L) + month.Value - 1;
        index += side < 0 && index >= now ? -12 : side > 0 && index <= now ? 12 : 0;
        var date = DateRules.MonthDate(scan with { DefaultYear = (int)(index / 12) }, i, vouched: true);
        return date with { Repeats = null };
    }

    private static TimeMatch SeasonOf(in TimeScan scan, int i, int side)
    {
        var named = DateRules.SeasonDate(scan, i, vouched: false);
        if (named.Found)
        {
            return named;
        }

        var year = CalendarTicks.YearOf(scan.Reference) - 2;
        var season = CalendarTicks.SeasonOf(scan[i].Value, year, i + 1);
        var steps = 0;
        while (steps++ < 4 && (side > 0 ? season.From <= scan.Today : season.To <= scan.Today))
        {
            season = CalendarTicks.SeasonOf(scan[i].Value, ++year, i + 1);
        }

        // Now the first that is not over, or that has not begun. "This summer" stays in its year once it is over.
        return side < 0 || (side == 0 && CalendarTicks.YearOf(season.From) > CalendarTicks.YearOf(scan.Reference))
            ? CalendarTicks.SeasonOf(scan[i].Value, year - 1, i + 1)
            : season;
    }

    private static long WeekdayBefore(long today, int weekday) =>
        today - ((((CalendarTicks.WeekdayOf(today) - weekday + 6) % 7) + 1) * CalendarTicks.Day);

    private static long WeekdayAfter(long today, int weekday) =>
        today + ((((weekday - CalendarTicks.WeekdayOf(today) + 6) % 7) + 1) * CalendarTicks.Day);
}
