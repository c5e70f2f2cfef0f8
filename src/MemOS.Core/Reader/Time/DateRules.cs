using static MemOS.Reader.Time.TimeWordKind;

namespace MemOS.Reader.Time;

/// <summary>Dates of the calendar: days, months, years, decades and seasons by name or number.</summary>
internal static class DateRules
{
    /// <summary>"2023-05-08", "2023/05/08", "5/8/2023" (month first unless it is over 12), "8.5.2023".</summary>
    public static TimeMatch Numeric(in TimeScan scan, int i)
    {
        var mark = scan[i + 1];
        if (!scan.IsFreeNumber(i) || mark.Kind != Punctuation || mark.Value is not ('-' or '/' or '.') || scan.Kind(i + 2) != TimeWordKind.Number
            || !scan[i + 3].Is((char)mark.Value) || scan.Kind(i + 4) != TimeWordKind.Number
            || !scan.Glued(i + 1) || !scan.Glued(i + 2) || !scan.Glued(i + 3) || !scan.Glued(i + 4))
        {
            return default;
        }

        var next = i + 5;
        if (scan.Continues(next) && scan.Kind(next) != T)
        {
            return TimeMatch.Refuse(next);
        }

        var (a, b, c) = (scan[i], scan[i + 2], scan[i + 4]);
        if (b.Length > 2)
        {
            return TimeMatch.Refuse(next);
        }

        if (a.Length == 4 && c.Length <= 2)
        {
            return ClockRules.Iso(scan, Day(a.Value, b.Value, c.Value, next));
        }

        if (a.Length > 2 || c.Length is not (2 or 4) || (mark.Value == '.' && c.Length != 4))
        {
            return TimeMatch.Refuse(next);
        }

        var year = c.Length == 4 ? c.Value : FullYear(scan, c.Value);
        return mark.Value == '.' || a.Value > 12 ? Day(year, b.Value, a.Value, next) : Day(year, a.Value, b.Value, next);
    }

    /// <summary>"5 May 2023", "5th of May", "the fifth of May, 2023".</summary>
    public static TimeMatch DayMonth(in TimeScan scan, int i)
    {
        var day = scan[i];
        var word = day.Kind == Ordinal;
        if (!word && (!scan.IsFreeNumber(i) || day.Length > 2 || day.Value is < 1 or > 31))
        {
            return default;
        }

        var j = i + 1;
        var suffix = scan.Kind(j) == OrdinalSuffix && scan.Glued(j);
        j = suffix ? j + 1 : j;
        var of = scan.Kind(j) == Of;
        j = scan.Skip(j, Of);
        if (scan.Kind(j) is not (Month or MonthShort) || (word && !of) || (scan.Glued(j) && !suffix))
        {
            return default;
        }

        var month = scan[j++];
        var year = YearAfter(scan, month.Kind == MonthShort ? AfterDot(scan, j) : j, out var next);
        if (!month.Capital && !suffix && !of && year == 0 && (IsAmbiguous(month) || month.Kind == MonthShort))
        {
            return default;
        }

        return Resolve(scan, year, month.Value, day.Value, year == 0 ? j : next);
    }

    /// <summary>"May 5", "May 5th, 2023", "May 5-10", "May 2023", and with <paramref name="vouched"/> also "May".</summary>
    /// <param name="scan">The text.</param>
    /// <param name="i">Where the month stands.</param>
    /// <param name="vouched">Whether the words before make sure that a month is meant.</param>
    public static TimeMatch MonthDate(in TimeScan scan, int i, bool vouched)
    {
        var month = scan[i];
        if (month.Kind is not (Month or MonthShort) || scan.Kind(i + 1) == Punctuation && scan[i + 1].Is('\'') && scan.Kind(i + 2) != TimeWordKind.Number)
        {
            return default;
        }

        var sure = month.Capital || !IsAmbiguous(month);
        var j = month.Kind == MonthShort ? AfterDot(scan, i + 1) : i + 1;
        var d = scan.Kind(j) == The && scan.Kind(j + 2) == OrdinalSuffix ? j + 1 : j;
        var day = scan[d];
        if (day.Kind == TimeWordKind.Number && day.Length <= 2 && day.Value is >= 1 and <= 31)
        {
            var suffix = scan.Kind(d + 1) == OrdinalSuffix && scan.Glued(d + 1);
            var after = suffix ? d + 2 : d + 1;
            var last = 0;
            if (scan[after].Is('-') && scan.Kind(after + 1) == TimeWordKind.Number && scan[after + 1].Length <= 2 && scan[after + 1].Value > day.Value)
            {
                last = scan[after + 1].Value;
                after += 2;
                after = scan.Kind(after) == OrdinalSuffix && scan.Glued(after) ? after + 1 : after;
            }

            var year = YearAfter(scan, after, out var next);
            if (!scan.Continues(after) && (sure || suffix || year > 0))
            {
                return Days(scan, year, month.Value, day.Value, last, year == 0 ? after : next);
            }
        }

        var yearOfMonth = YearAfter(scan, scan.Skip(j, Of), out var end);
        if (yearOfMonth > 0 && (sure || vouched))
        {
            return MonthOf(yearOfMonth, month.Value, end) with { IsAbsolute = true };
        }

        var clear = month is { Kind: Month, Capital: true, Value: 1 or 2 or 7 or >= 9 };
        if (!clear && !(vouched && sure && (month.Capital || month.Kind == Month)))
        {
            return default;
        }

        return scan.DefaultYear > 0
            ? MonthOf(scan.DefaultYear, month.Value, i + 1)
            : scan.Nearest(MonthOf(CalendarTicks.YearOf(scan.Reference), month.Value, i + 1) with { Repeats = TimeUnit.Year });
    }

    /// <summary>"the 12th", of the nearest month that has such a day.</summary>
    public static TimeMatch DayOfMonth(in TimeScan scan, int i)
    {
        var day = scan[i];
        if (!scan.IsFreeNumber(i) || day.Length > 2 || day.Value is < 1 or > 31 || scan.Kind(i + 1) != OrdinalSuffix || !scan.Glued(i + 1)
            || scan.Kind(i + 2) is Counted or Unit or Of || scan.Glued(i + 2) && scan.Kind(i + 2) != Punctuation)
        {
            return default;
        }

        var step = scan.Direction == TimeDirection.Past ? -1 : 1;
        var month = CalendarTicks.MonthOf(scan.Reference);
        for (var tries = 0; tries < 4; tries++, month += step)
        {
            if (CalendarTicks.Date(month / 12, (month % 12) + 1, day.Value) is { } date && (date - scan.Today) * step >= 0)
            {
                return new TimeMatch(i + 2, date, date + CalendarTicks.Day, TimeGranularity.Day);
            }
        }

        return TimeMatch.Refuse(i + 2);
    }

    /// <summary>A year that the words before vouch for.</summary>
    public static TimeMatch Year(in TimeScan scan, int i)
    {
        if (!scan.IsFreeNumber(i) || !scan.IsYear(i) || scan.Kind(i + 1) is Unit)
        {
            return default;
        }

        var year = scan[i].Value;
        return new TimeMatch(i + 1, CalendarTicks.YearStart(year), CalendarTicks.YearStart(year + 1), TimeGranularity.Year, IsAbsolute: true);
    }

    /// <summary>"the 90s", "the '90s", "the 1990s", "1990's".</summary>
    public static TimeMatch Decade(in TimeScan scan, int i, bool vouched)
    {
        var quoted = scan[i].Value is '\'' or '\u2019' && scan.Kind(i) == Punctuation;
        var n = quoted ? i + 1 : i;
        var number = scan[n];
        if (number.Kind != TimeWordKind.Number || number.Value % 10 != 0 || !(quoted || scan.IsFreeNumber(n)))
        {
            return default;
        }

        var j = scan[n + 1].Value is '\'' or '\u2019' && scan.Kind(n + 1) == Punctuation && scan.Glued(n + 1) ? n + 2 : n + 1;
        if (scan.Kind(j) != DecadeSuffix || !scan.Glued(j))
        {
            return default;
        }

        var absolute = number.Length == 4 && number.Value is >= 1000 and <= 2990;
        if (!absolute && (number.Length != 2 || !(vouched || quoted)))
        {
            return default;
        }

        var now = CalendarTicks.YearOf(scan.Reference);
        var year = absolute ? number.Value : (now / 100 * 100) + number.Value;
        year = !absolute && year > now ? year - 100 : year;
        if (absolute && year % 100 == 0 && year <= 1900)
        {
            // "the 1800s" is the century; "the 2000s" is still heard as the decade.
            return new TimeMatch(j + 1, CalendarTicks.YearStart(year), CalendarTicks.YearStart(year + 100L), TimeGranularity.Range, IsAbsolute: true);
        }

        return new TimeMatch(j + 1, CalendarTicks.YearStart(year), CalendarTicks.YearStart(year + 10L), TimeGranularity.Decade, IsAbsolute: absolute);
    }

    /// <summary>"summer 2022", "the fall of 2019", and with <paramref name="vouched"/> also "summer".</summary>
    public static TimeMatch SeasonDate(in TimeScan scan, int i, bool vouched)
    {
        if (scan.Kind(i) != TimeWordKind.Season)
        {
            return default;
        }

        var season = scan[i].Value;
        var year = YearAfter(scan, scan.Skip(i + 1, Of), out var next);
        if (year > 0)
        {
            return CalendarTicks.SeasonOf(season, year, next) with { IsAbsolute = true };
        }

        if (!vouched)
        {
            return default;
        }

        return scan.DefaultYear > 0
            ? CalendarTicks.SeasonOf(season, scan.DefaultYear, i + 1)
            : scan.Nearest(CalendarTicks.SeasonOf(season, CalendarTicks.YearOf(scan.Reference), i + 1) with { Repeats = TimeUnit.Year });
    }

    private static bool IsAmbiguous(TimeToken month) => month.Value is 3 or 5;

    private static int AfterDot(in TimeScan scan, int i) => scan[i].Is('.') && scan.Glued(i) && scan.Kind(i + 1) == TimeWordKind.Number ? i + 1 : i;

    private static int YearAfter(in TimeScan scan, int i, out int next)
    {
        var j = scan.Skip(scan.Skip(i, ','), Of);
        next = j + 1;
        return scan.IsYear(j) ? scan[j].Value : 0;
    }

    private static int FullYear(in TimeScan scan, int twoDigits)
    {
        var now = CalendarTicks.YearOf(scan.Reference);
        var year = (now / 100 * 100) + twoDigits;
        return year > now + 20 ? year - 100 : year <= now - 80 ? year + 100 : year;
    }

    private static TimeMatch MonthOf(int year, int month, int next)
    {
        var index = (year * 12L) + month - 1;
        return new TimeMatch(next, CalendarTicks.MonthStart(index), CalendarTicks.MonthStart(index + 1), TimeGranularity.Month);
    }

    private static TimeMatch Day(int year, int month, int day, int next) =>
        CalendarTicks.Date(year, month, day) is { } date
            ? new TimeMatch(next, date, date + CalendarTicks.Day, TimeGranularity.Day, IsAbsolute: true)
            : TimeMatch.Refuse(next);

    private static TimeMatch Days(in TimeScan scan, int year, int month, int first, int last, int next)
    {
        var start = Resolve(scan, year, month, first, next);
        if (last == 0 || !start.IsValid)
        {
            return start;
        }

        var end = Day(CalendarTicks.YearOf(start.From), month, last, next);
        return end.IsValid ? start with { To = end.To, Granularity = TimeGranularity.Range } : TimeMatch.Refuse(next);
    }

    private static TimeMatch Resolve(in TimeScan scan, int year, int month, int day, int next)
    {
        if (year > 0)
        {
            return Day(year, month, day, next);
        }

        if (scan.DefaultYear > 0)
        {
            return Day(scan.DefaultYear, month, day, next) with { IsAbsolute = false };
        }

        // The 29th of February may be up to eight years away.
        var step = scan.Direction == TimeDirection.Past ? -1 : 1;
        var candidate = CalendarTicks.YearOf(scan.Reference);
        for (var tries = 0; tries < 10; tries++, candidate += step)
        {
            if (CalendarTicks.Date(candidate, month, day) is { } date && (date - scan.Today) * step >= 0)
            {
                return new TimeMatch(next, date, date + CalendarTicks.Day, TimeGranularity.Day, Repeats: TimeUnit.Year);
            }
        }

        return TimeMatch.Refuse(next);
    }
}
