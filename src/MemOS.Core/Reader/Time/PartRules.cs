using static MemOS.Reader.Time.TimeWordKind;

namespace MemOS.Reader.Time;

/// <summary>Parts of a longer time: "early May", "the end of last year", "the first week of June".</summary>
internal static class PartRules
{
    /// <summary>"early May", "mid-2019", "late last year", "the end of the month": the first, middle or last third.</summary>
    public static TimeMatch Third(in TimeScan scan, int i)
    {
        if (scan.Kind(i) is not (Early or Mid or Late))
        {
            return default;
        }

        var needsOf = scan[i].Value >= 10;
        var of = scan.Kind(i + 1) == Of;
        if (needsOf != of)
        {
            return default;
        }

        var whole = Whole(scan, of ? i + 2 : scan.Skip(i + 1, '-'));
        if (!whole.IsValid)
        {
            return whole;
        }

        var third = scan[i].Value % 10;
        var (first, second) = Cuts(whole);
        return first < 0
            ? default
            : whole with { From = third == 0 ? whole.From : third == 1 ? first : second, To = third == 0 ? first : third == 1 ? second : whole.To, Repeats = null };
    }

    /// <summary>"first week of June", "the 2nd weekend of August 2023", "last Friday of the month", "last day of 2019".</summary>
    public static TimeMatch Nth(in TimeScan scan, int i)
    {
        var token = scan[i];
        var last = token.Kind == Last;
        var suffixed = token.Kind == TimeWordKind.Number && scan.IsFreeNumber(i) && scan.Kind(i + 1) == OrdinalSuffix && scan.Glued(i + 1);
        if (!last && token.Kind != Ordinal && !suffixed)
        {
            return default;
        }

        var j = suffixed ? i + 2 : i + 1;
        var unit = scan[j];
        if (scan.Kind(j + 1) is not (Of or In) || unit.Kind is not (Unit or Weekday))
        {
            return default;
        }

        var whole = Whole(scan, j + 2);
        if (!whole.IsValid || whole.Granularity is not (TimeGranularity.Month or TimeGranularity.Year or TimeGranularity.Season))
        {
            return whole.IsValid ? default : whole;
        }

        var n = token.Value - 1;
        var (offset, length, step, granularity) = unit.Kind == Weekday ? (unit.Value, 1, 7, TimeGranularity.Day)
            : (TimeUnit)unit.Value switch
            {
                TimeUnit.Day => (-1, 1, 1, TimeGranularity.Day),
                TimeUnit.Week => (-1, 7, 7, TimeGranularity.Week),
                TimeUnit.Weekend => (5, 2, 7, TimeGranularity.Weekend),
                _ => (-1, 0, 0, TimeGranularity.Day),
            };
        if (length == 0)
        {
            return default;
        }

        long start;
        if (last)
        {
            start = whole.To - (length * CalendarTicks.Day);
            start -= offset < 0 ? 0 : (CalendarTicks.WeekdayOf(start) - offset + 7) % 7 * CalendarTicks.Day;
        }
        else
        {
            start = whole.From + (offset < 0 ? 0 : (offset - CalendarTicks.WeekdayOf(whole.From) + 7) % 7 * CalendarTicks.Day);
            start += (long)n * step * CalendarTicks.Day;
        }

        if (n < -1 || n > 366 || start >= whole.To)
        {
            return TimeMatch.Refuse(whole.Next);
        }

        // The fifth week of a month is what is left of it.
        var end = start + (length * CalendarTicks.Day);
        end = granularity == TimeGranularity.Week ? Math.Min(end, whole.To) : end;
        return whole with { From = start, To = end, Granularity = granularity, Repeats = null };
    }

    private static TimeMatch Whole(in TimeScan scan, int i)
    {
        if (scan.Kind(i) == The && scan.Kind(i + 1) == Unit && scan[i + 1].Value >= (int)TimeUnit.Week)
        {
            return RelativeRules.Shifted(scan, (TimeUnit)scan[i + 1].Value, 0, i + 2);
        }

        var j = scan.Skip(i, The);
        var whole = DateRules.MonthDate(scan, j, vouched: true);
        whole = whole.Found ? whole : DateRules.Decade(scan, j, vouched: true);
        whole = whole.Found ? whole : DateRules.Year(scan, j);
        whole = whole.Found ? whole : DateRules.SeasonDate(scan, j, vouched: true);
        return whole.Found || scan.Kind(j) is not (Last or This or Next) ? whole : RelativeRules.Relative(scan, j);
    }

    private static (long First, long Second) Cuts(TimeMatch whole)
    {
        var month = CalendarTicks.MonthOf(whole.From);
        return whole.Granularity switch
        {
            TimeGranularity.Week => (whole.From + (2 * CalendarTicks.Day), whole.From + (4 * CalendarTicks.Day)),
            TimeGranularity.Month => (whole.From + (10 * CalendarTicks.Day), whole.From + (20 * CalendarTicks.Day)),
            TimeGranularity.Season => (CalendarTicks.MonthStart(month + 1), CalendarTicks.MonthStart(month + 2)),
            TimeGranularity.Year => (CalendarTicks.MonthStart(month + 4), CalendarTicks.MonthStart(month + 8)),
            TimeGranularity.Decade => (CalendarTicks.MonthStart(month + 48), CalendarTicks.MonthStart(month + 84)),
            _ => (-1, -1),
        };
    }
}
