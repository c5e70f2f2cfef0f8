namespace MemOS.Api;

/// <summary>The place in a message that a cube came from.</summary>
public sealed record SourceRecord
{
    /// <summary>The id of the message.</summary>
    public required string MessageId { get; init; }

    /// <summary>Its conversation.</summary>
    public string? Conversation { get; init; }

    /// <summary>Its number in the vault.</summary>
    public long Number { get; init; }

    /// <summary>Where the source begins in its text, in UTF-16 characters.</summary>
    public int Start { get; init; }

    /// <summary>Its length in UTF-16 characters.</summary>
    public int Length { get; init; }
}
