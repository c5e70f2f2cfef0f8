using static MemOS.Reader.Time.TimeWordKind;

namespace MemOS.Reader.Time;

/// <summary>Times that run from one expression to another or are open at an end.</summary>
internal static class SpanRules
{
    /// <summary>"since X", "after X", "until X", "by X", "before X", "between X and Y", "from X to Y".</summary>
    public static TimeMatch Span(in TimeScan scan, int i)
    {
        switch (scan.Kind(i))
        {
            case Between:
                return FromTo(scan, i, And);
            case From:
                return FromTo(scan, i, To);
            case Since:
                return Open(scan, i, scan.Direction, static x => x with { To = long.MaxValue });
            case After:
                return Open(scan, i, scan.Direction, static x => x with { From = x.To, To = long.MaxValue });
            case Before:
                return Open(scan, i, scan.Direction, static x => x with { To = x.From, From = long.MinValue });
            case Until or By:
                // A limit lies ahead: "until Friday" is the coming one, and Friday belongs to it.
                return Open(scan, i, TimeDirection.Future, static x => x with { From = long.MinValue });
            default:
                return default;
        }
    }

    private static TimeMatch Open(in TimeScan scan, int i, TimeDirection direction, Func<TimeMatch, TimeMatch> open)
    {
        // A month or weekday after "since" is vouched for by the rules themselves; only a year needs the word.
        var point = PointRules.Point(scan with { Direction = direction }, Start(scan, i + 1), vouched: scan.Kind(i + 1) == The);
        if (!point.IsValid)
        {
            return point;
        }

        return open(point) with { Granularity = TimeGranularity.Range, Repeats = null };
    }

    private static TimeMatch FromTo(in TimeScan scan, int i, TimeWordKind link)
    {
        var first = PointRules.Point(scan, Start(scan, i + 1), vouched: true);
        if (!first.Found)
        {
            return default;
        }

        var l = first.Next;
        if (scan.Kind(l) != link && !(link == To && (scan.Kind(l) == Until || scan[l].Is('-'))))
        {
            return default;
        }

        var second = PointRules.Point(scan, Start(scan, l + 1), vouched: true);
        if (!first.IsValid || !second.IsValid)
        {
            return default;
        }

        // "from May to June 2023": the year belongs to both.
        if (second.IsAbsolute && first.Repeats == TimeUnit.Year && second.From > long.MinValue)
        {
            var shared = PointRules.Point(scan with { DefaultYear = CalendarTicks.YearOf(second.From) }, Start(scan, i + 1), vouched: true);
            first = shared.IsValid && shared.Next == first.Next ? shared with { Repeats = TimeUnit.Year, IsAbsolute = true } : first;
        }
        else if (first.IsAbsolute && !second.IsAbsolute && second.Repeats == TimeUnit.Year)
        {
            var shared = PointRules.Point(scan with { DefaultYear = CalendarTicks.YearOf(first.From) }, Start(scan, l + 1), vouched: true);
            second = shared.IsValid && shared.Next == second.Next ? shared with { Repeats = TimeUnit.Year, IsAbsolute = true } : second;
        }

        // "from Monday to Friday" said on a Wednesday: the two must follow each other.
        if (first.From >= second.From && scan.Direction == TimeDirection.Past && !(first.IsAbsolute && !second.IsAbsolute))
        {
            first = first.Repeated(-1);
        }
        else if (first.From >= second.From)
        {
            second = second.Repeated(1);
        }

        var span = new TimeMatch(
            second.Next,
            first.From,
            second.To,
            TimeGranularity.Range,
            first.IsVague || second.IsVague,
            first.IsAbsolute && second.IsAbsolute);
        return span.IsValid ? span : default;
    }

    /// <summary>Passes over "the".</summary>
    private static int Start(in TimeScan scan, int i) => scan.Skip(i, The);
}
