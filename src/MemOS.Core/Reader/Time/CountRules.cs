using static MemOS.Reader.Time.TimeWordKind;

namespace MemOS.Reader.Time;

/// <summary>Numbers of units: "three weeks ago", "in a few days", "two days before 9 June".</summary>
internal static class CountRules
{
    // Bounds the arithmetic: ten million of the longest unit would overflow ticks.
    private const int MostUnits = 99_999;

    /// <summary>Reads "3", "three", "a", "a couple of", "a few", "several".</summary>
    /// <returns>The token after it, 0 when there is none; the least and most that it means; whether it is vague.</returns>
    public static (int Next, int Low, int High, bool Vague) Count(in TimeScan scan, int i)
    {
        var j = scan.Skip(i, Article);
        switch (scan.Kind(j))
        {
            case Couple:
                return (scan.Skip(j + 1, Of), 2, 3, true);
            case Quantity:
                return scan[j].Value == 3 ? (j + 1, 2, 5, true) : (j + 1, 3, 7, true);
            case Unit when j > i:
                return (j, 1, 1, false);
            case Cardinal when j == i:
                return (j + 1, scan[j].Value, scan[j].Value, false);
            case TimeWordKind.Number when j == i && scan.IsFreeNumber(i) && scan[i].Value <= MostUnits:
                return (j + 1, scan[i].Value, scan[i].Value, false);
            default:
                return default;
        }
    }

    /// <summary>A count of units with the word that says from where they are counted.</summary>
    public static TimeMatch Counted(in TimeScan scan, int i)
    {
        var ahead = scan.Kind(i) == In;
        var start = ahead ? i + 1 : i;
        var (next, low, high, vague) = scan.Kind(start) == Unit && scan.Kind(start - 1) == The ? (start, 1, 1, false) : Count(scan, start);
        if (next == 0 || scan.Kind(next) != Unit || scan.Kind(start - 1) == TimeWordKind.Half)
        {
            return default;
        }

        if (ahead && IsNegated(scan, i))
        {
            return default;
        }

        var unit = (TimeUnit)scan[next].Value;
        var word = next + 1;
        var counted = start != next;
        var now = unit >= TimeUnit.Day ? scan.Today : scan.Reference;
        switch (scan.Kind(word))
        {
            case Ago when counted && !ahead:
                return Span(now, unit, -high, -low, word + 1, vague);
            case Later or Earlier when counted && !ahead && scan.Kind(word + 1) != Than:
                var side = scan.Kind(word) == Later ? 1 : -1;
                return Span(Anchor(scan), unit, side > 0 ? low : -high, side > 0 ? high : -low, word + 1, vague);
            case From when counted && scan.Kind(word + 1) == Now:
                return Span(now, unit, low, high, word + 2, vague);
            case Before:
                return Beside(scan, unit, -high, -low, word + 1, vague);
            case After or From:
                return Beside(scan, unit, low, high, word + 1, vague);
            default:
                return ahead && counted ? Span(now, unit, low, high, word, vague) : default;
        }
    }

    /// <summary>Before or after an expression that follows, or, at the end of a clause, the mention before.</summary>
    private static TimeMatch Beside(in TimeScan scan, TimeUnit unit, int from, int to, int i, bool vague)
    {
        var after = scan.Kind(i - 1) != Before;
        if (scan.EndsClause(i))
        {
            return scan.Kind(i - 1) == From ? default : Span(Anchor(scan), unit, from, to, i, vague);
        }

        if (scan.Depth >= TimeScan.DeepestNesting)
        {
            return default;
        }

        var inner = scan with { Depth = scan.Depth + 1 };
        var anchor = PointRules.Point(inner, scan.Skip(i, The), vouched: true);
        if (!anchor.Found && scan.Kind(i) is Last or Next)
        {
            // "the week before last"
            var two = scan.Kind(i) == Last ? -2 : 2;
            return from == to && Math.Sign(from) == Math.Sign(two) ? RelativeRules.Shifted(scan, unit, two, i + 1) : default;
        }

        if (!anchor.IsValid || anchor.From == long.MinValue)
        {
            return anchor.Found ? TimeMatch.Refuse(anchor.Next) : default;
        }

        if (unit == TimeUnit.Week && from is 1 or -1 && from == to && anchor.IsDay)
        {
            var week = 7 * CalendarTicks.Day;
            return after
                ? new TimeMatch(anchor.Next, anchor.To, anchor.To + week, TimeGranularity.Week, vague, anchor.IsAbsolute)
                : new TimeMatch(anchor.Next, anchor.From - week, anchor.From, TimeGranularity.Week, vague, anchor.IsAbsolute);
        }

        if (unit == TimeUnit.Weekend && !after && anchor.IsDay)
        {
            // The weekend before a Sunday is the one that was over by then.
            var lastOver = CalendarTicks.WeekOf(anchor.From) - (2 * CalendarTicks.Day);
            var first = CalendarTicks.Add(lastOver, TimeUnit.Week, to + 1);
            return new TimeMatch(anchor.Next, first, first + (2 * CalendarTicks.Day), TimeGranularity.Weekend, vague, anchor.IsAbsolute);
        }

        return Span(anchor.From, unit, from, to, anchor.Next, vague) with { IsAbsolute = anchor.IsAbsolute };
    }

    /// <summary>"We haven't talked in a few days" looks back, and names no time.</summary>
    private static bool IsNegated(in TimeScan scan, int i)
    {
        for (var back = i - 1; back >= 1 && back >= i - 6 && !scan.EndsClause(back); back--)
        {
            if (scan.Kind(back) == T && scan.Glued(back) && scan[back - 1].Value is '\'' or '\u2019')
            {
                return true;
            }
        }

        return false;
    }

    private static long Anchor(in TimeScan scan) => scan.Previous.Found && scan.Previous.From != long.MinValue ? scan.Previous.From : scan.Reference;

    private static TimeMatch Span(long anchor, TimeUnit unit, int from, int to, int next, bool vague)
    {
        var start = CalendarTicks.UnitAt(CalendarTicks.Add(anchor, unit, from), unit, next);
        var end = CalendarTicks.UnitAt(CalendarTicks.Add(anchor, unit, to), unit, next);
        return start.Found && end.Found ? start with { To = end.To, IsVague = vague } : TimeMatch.Refuse(next);
    }
}
