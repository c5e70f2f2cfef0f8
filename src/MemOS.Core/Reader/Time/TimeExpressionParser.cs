using System.Buffers;
using MemOS.Cubes;

namespace MemOS.Reader.Time;

/// <summary>
/// Finds English time expressions in a text and resolves each against a reference time, in the offset of that time: "yesterday",
/// "last Friday", "two weeks ago", "in May", "May 5th, 2023", "since 2016", "between March and June", "the first week of June".
/// </summary>
/// <remarks>
/// <para>Weeks run from Monday (ISO 8601); a weekend is Saturday and Sunday; seasons are those of the northern half, by whole months.
/// "Last" and "next" mean the neighbouring calendar unit, "the past week" the seven days up to today, "last Friday" the nearest Friday
/// before today. A numeric date has the month first unless that is over 12. "Until" and "by" include what they name.</para>
/// <para>A hand-written grammar over tokens, linear in the text up to a small constant. Stateless and safe for use from several
/// threads. Never throws on any text or reference time; dates that do not exist, or lie outside the years 1 to 9999, are no mention.</para>
/// </remarks>
public static class TimeExpressionParser
{
    private const int OnStack = 128;

    /// <summary>Finds the time expressions of a text, in order; they do not overlap.</summary>
    /// <param name="text">The text.</param>
    /// <param name="reference">When it was written; its offset is the one in which "today" is meant.</param>
    /// <param name="direction">Which occurrence a bare name such as "Friday" means.</param>
    public static IReadOnlyList<TimeMention> Parse(
        ReadOnlySpan<char> text, DateTimeOffset reference, TimeDirection direction = TimeDirection.Past)
    {
        if (!TimeTokenizer.MayHoldTime(text))
        {
            return [];
        }

        TimeToken[]? rented = null;
        var tokens = text.Length <= OnStack
            ? stackalloc TimeToken[OnStack]
            : (rented = ArrayPool<TimeToken>.Shared.Rent(text.Length));
        try
        {
            var count = TimeTokenizer.Tokenize(text, tokens);
            return Find(tokens[..count], reference, direction) ?? (IReadOnlyList<TimeMention>)[];
        }
        finally
        {
            if (rented is not null)
            {
                ArrayPool<TimeToken>.Shared.Return(rented);
            }
        }
    }

    private static List<TimeMention>? Find(ReadOnlySpan<TimeToken> tokens, DateTimeOffset reference, TimeDirection direction)
    {
        List<TimeMention>? mentions = null;
        var scan = new TimeScan
        {
            Tokens = tokens,
            Reference = reference.DateTime.Ticks,
            Offset = reference.Offset.Ticks,
            Direction = direction,
        };
        var i = 0;
        while (i < tokens.Length)
        {
            if (tokens[i].Kind == TimeWordKind.Other)
            {
                i++;
                continue;
            }

            var match = SpanRules.Span(scan, i);
            match = match.IsValid ? match : PointRules.Point(scan, i, vouched: false);
            if (!match.Found || match.Next <= i)
            {
                i++;
                continue;
            }

            if (match.IsValid && TryInterval(match, reference.Offset, out var interval))
            {
                var start = tokens[i].Start;
                var length = tokens[match.Next - 1].End - start;
                mentions ??= [];
                mentions.Add(new TimeMention(start, length, interval, match.Granularity, match.IsVague, match.IsAbsolute));
                scan = scan with { Previous = match };
            }

            i = match.Next;
        }

        return mentions;
    }

    private static bool TryInterval(TimeMatch match, TimeSpan offset, out TimeInterval interval)
    {
        interval = default;
        if (!TryInstant(match.From, long.MinValue, offset, out var from) || !TryInstant(match.To, long.MaxValue, offset, out var to))
        {
            return false;
        }

        interval = new TimeInterval(from, to);
        return true;
    }

    private static bool TryInstant(long ticks, long open, TimeSpan offset, out DateTimeOffset? instant)
    {
        instant = null;
        if (ticks == open)
        {
            return true;
        }

        if (!CalendarTicks.IsValid(ticks) || !CalendarTicks.IsValid(ticks - offset.Ticks))
        {
            return false;
        }

        instant = new DateTimeOffset(ticks, offset);
        return true;
    }
}
