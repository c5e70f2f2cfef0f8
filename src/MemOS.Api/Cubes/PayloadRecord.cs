namespace MemOS.Api;

/// <summary>A payload that is not text.</summary>
public sealed record PayloadRecord
{
    /// <summary><c>activation</c>, <c>parametric</c> or <c>composite</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>SHA-256 of its bytes.</summary>
    public required string Hash { get; init; }

    /// <summary>The number of its bytes.</summary>
    public long Length { get; init; }

    /// <summary>What the bytes are.</summary>
    public required string Format { get; init; }
}
