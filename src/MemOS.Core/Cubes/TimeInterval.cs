namespace MemOS.Cubes;

/// <summary>A half-open interval of time, <c>[From, To)</c>; a null bound is open.</summary>
/// <param name="From">The first instant in it, or null for "always before".</param>
/// <param name="To">The first instant after it, or null for "for ever".</param>
public readonly record struct TimeInterval(DateTimeOffset? From, DateTimeOffset? To)
{
    /// <summary>All of time; also the default value.</summary>
    public static TimeInterval Always => default;

    /// <summary>Whether the instant lies in the interval.</summary>
    public bool Contains(DateTimeOffset instant) => (From is not { } from || from <= instant) && (To is not { } to || instant < to);

    /// <summary>Whether the two share an instant.</summary>
    public bool Overlaps(TimeInterval other) =>
        (From is not { } from || other.To is not { } otherTo || from < otherTo) &&
        (other.From is not { } otherFrom || To is not { } to || otherFrom < to);
}
