namespace MemOS.Api;

/// <summary>A part of a text.</summary>
public sealed record SpanRecord
{
    /// <summary>Where it begins, in UTF-16 characters.</summary>
    public int Start { get; init; }

    /// <summary>Its length in UTF-16 characters.</summary>
    public int Length { get; init; }
}
