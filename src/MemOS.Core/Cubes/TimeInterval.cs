namespace MemOS.Cubes;

/// <summary>
/// A half-open interval of time, [<see cref="From"/>, <see cref="To"/>): the first instant belongs to it, the last does not.
/// <c>null</c> is unbounded; <c>default</c> is <see cref="Always"/>.
/// </summary>
/// <remarks>
/// Instants are compared as points in time, so the same interval written in two zones is equal. An interval is never empty:
/// <see cref="From"/> lies before <see cref="To"/> where both are set.
/// </remarks>
public readonly record struct TimeInterval
{
    /// <summary>Makes an interval.</summary>
    /// <param name="From">The first instant, or null for no beginning.</param>
    /// <param name="To">The first instant after the interval, or null for no end.</param>
    /// <exception cref="ArgumentException">Both are set and <paramref name="From"/> is not before <paramref name="To"/>.</exception>
    public TimeInterval(DateTimeOffset? From, DateTimeOffset? To)
    {
        if (From is { } from && To is { } to && from >= to)
        {
            throw new ArgumentException($"The interval starts at {from:O}, which is not before its end, {to:O}.", nameof(To));
        }

        this.From = From;
        this.To = To;
    }

    /// <summary>All of time.</summary>
    public static TimeInterval Always => default;

    /// <summary>The first instant, or null for no beginning.</summary>
    public DateTimeOffset? From { get; }

    /// <summary>The first instant after the interval, or null for no end.</summary>
    public DateTimeOffset? To { get; }

    /// <summary>Gives both ends.</summary>
    public void Deconstruct(out DateTimeOffset? from, out DateTimeOffset? to)
    {
        from = From;
        to = To;
    }

    /// <summary>Whether an instant lies in the interval.</summary>
    public bool Contains(DateTimeOffset instant) => !(instant < From) && !(instant >= To);

    /// <summary>Whether the other interval lies wholly in this one.</summary>
    public bool Contains(TimeInterval other) =>
        (From is null || other.From >= From) && (To is null || other.To <= To);

    /// <summary>Whether the two intervals share an instant. Intervals that only touch do not.</summary>
    public bool Overlaps(TimeInterval other) => !(other.To <= From) && !(To <= other.From);

    /// <summary>The instants that lie in both, or null when there are none.</summary>
    public TimeInterval? Intersect(TimeInterval other)
    {
        if (!Overlaps(other))
        {
            return null;
        }

        var from = From is null || other.From > From ? other.From : From;
        var to = To is null || other.To < To ? other.To : To;
        return new TimeInterval(from, to);
    }

    /// <summary>The interval in ISO 8601 notation, with <c>..</c> for an open end.</summary>
    public override string ToString() => $"{Format(From)}/{Format(To)}";

    private static string Format(DateTimeOffset? instant) =>
        instant?.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz", System.Globalization.CultureInfo.InvariantCulture) ?? "..";
}
