using static MemOS.Reader.Time.TimeWordKind;

namespace MemOS.Reader.Time;

/// <summary>Times of the clock and parts of the day. They mean something only together with a day.</summary>
internal static class ClockRules
{
    private const long Second = TimeSpan.TicksPerSecond;

    /// <summary>Adds what follows a day: "morning", "at 3pm", ", 13:56".</summary>
    public static TimeMatch AfterDay(in TimeScan scan, TimeMatch day)
    {
        if (!day.IsDay)
        {
            return day;
        }

        var part = -1;
        var match = day;
        var p = scan.Kind(day.Next) == In && scan.Kind(day.Next + 1) == The ? day.Next + 2 : day.Next;
        if (scan.Kind(p) == PartOfDay)
        {
            part = scan[p].Value;
            match = PartOf(day, part, p + 1);
        }

        var j = scan.Skip(match.Next, ',');
        var at = scan.Kind(j) is TimeWordKind.At or Around;
        j = scan.Kind(j) is TimeWordKind.At or Around ? j + 1 : j;
        j = at ? scan.Skip(j, Around) : j;
        var (next, time, length) = Clock(scan, j, at ? part : -1);
        return next == 0 ? match : At(day, time, length, next);
    }

    /// <summary>"3pm on Friday", "1:56 pm on 8 May, 2023": a time of the clock in front of a day.</summary>
    public static TimeMatch BeforeDay(in TimeScan scan, int i)
    {
        if (scan.Kind(i) == TimeWordKind.Number && !scan.IsFreeNumber(i))
        {
            return default;
        }

        var (next, time, length) = Clock(scan, scan.Kind(i) == TimeWordKind.At ? scan.Skip(i + 1, Around) : i, -1);
        if (next == 0)
        {
            return default;
        }

        var day = PointRules.Bare(scan, scan.Skip(scan.Skip(scan.Skip(next, ','), On), The), vouched: false);
        return day.IsDay ? At(day, time, length, day.Next) : default;
    }

    /// <summary>Adds the time and zone of an ISO 8601 date: "T13:56:00Z".</summary>
    public static TimeMatch Iso(in TimeScan scan, TimeMatch day)
    {
        if (!day.IsDay || scan.Kind(day.Next) != T || !scan.Glued(day.Next))
        {
            return day;
        }

        var (next, time, length) = Clock(scan, day.Next + 1, -1);
        if (next == 0)
        {
            return TimeMatch.Refuse(day.Next + 1);
        }

        var match = At(day, time, length, next);
        if (scan.Kind(next) == Zulu && scan.Glued(next))
        {
            return match with { Next = next + 1, From = match.From + scan.Offset, To = match.To + scan.Offset };
        }

        if ((scan[next].Is('+') || scan[next].Is('-')) && scan.Glued(next) && scan[next + 1].Length == 2 && scan[next + 2].Is(':')
            && scan[next + 3].Length == 2 && scan.Kind(next + 1) == TimeWordKind.Number && scan.Kind(next + 3) == TimeWordKind.Number)
        {
            var zone = (scan[next + 1].Value * CalendarTicks.Hour) + (scan[next + 3].Value * CalendarTicks.Minute);
            if (scan[next + 3].Value > 59 || zone > 14 * CalendarTicks.Hour)
            {
                return TimeMatch.Refuse(next + 4); // no place on earth has such a zone
            }

            var shift = scan.Offset - (scan[next].Is('+') ? zone : -zone);
            return match with { Next = next + 4, From = match.From + shift, To = match.To + shift };
        }

        return match;
    }

    /// <summary>A part of a day: morning 5-12, afternoon 12-18, evening 18-24, night from 18 until 6 the next day.</summary>
    public static TimeMatch PartOf(TimeMatch day, int part, int next)
    {
        var (from, to) = part switch
        {
            0 => (5, 12),
            1 => (12, 18),
            2 => (18, 24),
            _ => (18, 30),
        };
        return day with
        {
            Next = next,
            From = day.From + (from * CalendarTicks.Hour),
            To = day.From + (to * CalendarTicks.Hour),
            Granularity = TimeGranularity.PartOfDay,
        };
    }

    private static TimeMatch At(TimeMatch day, long time, long length, int next) => day with
    {
        Next = next,
        From = day.From + time,
        To = day.From + time + length,
        Granularity = length == CalendarTicks.Hour ? TimeGranularity.Hour : TimeGranularity.Minute,
    };

    /// <summary>"3pm", "3:30 p.m.", "15:30", "noon"; an hour alone only where <paramref name="part"/> of the day says which.</summary>
    private static (int Next, long Time, long Length) Clock(in TimeScan scan, int i, int part)
    {
        if (scan.Kind(i) == Noon)
        {
            return (i + 1, scan[i].Value * CalendarTicks.Hour, CalendarTicks.Hour);
        }

        var hour = scan[i];
        if (hour.Kind != TimeWordKind.Number || hour.Length > 2 || hour.Value > 23)
        {
            return default;
        }

        var next = i + 1;
        var (minutes, seconds, length) = (0L, 0L, CalendarTicks.Hour);
        if (Colon(scan, next, out var minute))
        {
            (minutes, length) = (minute, CalendarTicks.Minute);
            next += 2;
            if (Colon(scan, next, out var second))
            {
                (seconds, length) = (second, Second);
                next += 2;
                next = scan[next].Is('.') && scan.Glued(next) && scan.Glued(next + 1) && scan.Kind(next + 1) == TimeWordKind.Number ? next + 2 : next;
            }
        }

        var half = -1;
        if (scan.Kind(next) == Meridiem)
        {
            half = scan[next].Value;
            next++;
        }
        else if (scan.Kind(next) is Article or MeridiemP && scan[next].Length == 1 && scan[next + 1].Is('.') && scan.Kind(next + 2) == MeridiemM)
        {
            half = scan.Kind(next) == MeridiemP ? 12 : 0;
            next += scan[next + 3].Is('.') && scan.Glued(next + 3) ? 4 : 3;
        }

        var hours = (long)hour.Value;
        if (half >= 0)
        {
            if (hours is < 1 or > 12)
            {
                return default;
            }

            hours = (hours % 12) + half;
        }
        else if (length == CalendarTicks.Hour && (part < 0 || hours > 12 || scan.Continues(next) || scan.Kind(next) == Unit))
        {
            return default;
        }
        else if (part > 0 && hours < 12)
        {
            hours += 12;
        }

        return (next, (hours * CalendarTicks.Hour) + (minutes * CalendarTicks.Minute) + (seconds * Second), length);
    }

    private static bool Colon(in TimeScan scan, int i, out int value)
    {
        value = scan[i + 1].Value;
        return scan[i].Is(':') && scan.Glued(i) && scan.Glued(i + 1)
            && scan[i + 1] is { Kind: TimeWordKind.Number, Length: 2, Value: < 60 };
    }
}
