using static MemOS.Reader.Time.TimeWordKind;

namespace MemOS.Reader.Time;

/// <summary>One stretch of time, in any of the forms of the grammar.</summary>
internal static class PointRules
{
    /// <summary>A stretch of time, with a part of the day or a time of the clock where it is a day.</summary>
    /// <param name="scan">The text.</param>
    /// <param name="i">Where it starts.</param>
    /// <param name="vouched">Whether the words before make sure that a bare month, year or season is meant.</param>
    public static TimeMatch Point(in TimeScan scan, int i, bool vouched)
    {
        var match = scan.Kind(i) is TimeWordKind.Number or At or Noon ? ClockRules.BeforeDay(scan, i) : default;
        if (match.Found)
        {
            return match;
        }

        match = Bare(scan, i, vouched);
        return match.IsValid ? ClockRules.AfterDay(scan, match) : match;
    }

    /// <summary>A stretch of time without a time of the clock.</summary>
    public static TimeMatch Bare(in TimeScan scan, int i, bool vouched)
    {
        switch (scan.Kind(i))
        {
            case Other:
                return default;
            case TimeWordKind.Number:
                var match = DateRules.Numeric(scan, i);
                match = match.Found ? match : DateRules.DayMonth(scan, i);
                match = match.Found ? match : CountRules.Counted(scan, i);
                match = match.Found ? match : PartRules.Nth(scan, i);
                match = match.Found ? match : DateRules.Decade(scan, i, scan.Kind(i - 1) is The or In);
                match = match.Found || scan.Kind(i - 1) != The || !(vouched || scan.Kind(i - 2) == On) ? match : DateRules.DayOfMonth(scan, i);
                return match.Found || !(vouched || VouchesForYear(scan.Kind(i - 1))) ? match : DateRules.Year(scan, i);
            case Punctuation:
                return DateRules.Decade(scan, i, vouched: false);
            case Month or MonthShort:
                return DateRules.MonthDate(scan, i, vouched || VouchesForMonth(scan, i));
            case TimeWordKind.Season:
                var before = scan.Kind(i - 1) == The ? scan.Kind(i - 2) : scan.Kind(i - 1);
                return DateRules.SeasonDate(scan, i, vouched || before is In or Since or Until or During || (scan.Kind(i - 1) == The && before is Over or By));
            case Weekday or WeekdayShort:
                return RelativeRules.Weekday(scan, i, vouched || scan.Kind(i - 1) is On or Since or Until or By or Before or After);
            case Early or Mid or Late:
                return PartRules.Third(scan, i);
            case Ordinal:
                match = DateRules.DayMonth(scan, i);
                return match.Found ? match : PartRules.Nth(scan, i);
            case Last:
                match = PartRules.Nth(scan, i);
                return match.Found ? match : RelativeRules.Relative(scan, i);
            case In or Article or Cardinal or Quantity or Couple or Unit:
                return CountRules.Counted(scan, i);
            default:
                return RelativeRules.Relative(scan, i);
        }
    }

    private static bool VouchesForYear(TimeWordKind before) => before is In or Since or Until or By or Before or After or During or Of or Unit;

    private static bool VouchesForMonth(in TimeScan scan, int i) =>
        scan.Kind(i - 1) switch
        {
            In or Since or Until or Before or After or During => true,

            // "by April" may well name a person.
            By => scan[i].Value is not (>= 4 and <= 6 or 8),
            _ => false,
        };
}
