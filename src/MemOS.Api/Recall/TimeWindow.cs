namespace MemOS.Api;

/// <summary>A half-open interval of time; a missing end is open.</summary>
public sealed record TimeWindow
{
    /// <summary>The first instant in it.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>The first instant after it.</summary>
    public DateTimeOffset? To { get; init; }
}
