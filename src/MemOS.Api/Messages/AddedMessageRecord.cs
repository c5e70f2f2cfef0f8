namespace MemOS.Api;

/// <summary>What became of one message.</summary>
public sealed record AddedMessageRecord
{
    /// <summary>Its id, as given or as made.</summary>
    public required string MessageId { get; init; }

    /// <summary>Its conversation.</summary>
    public string? Conversation { get; init; }

    /// <summary>Its number in the vault.</summary>
    public long Number { get; init; }

    /// <summary>Whether it had been stored before, so that nothing was stored now.</summary>
    public bool WasKnown { get; init; }

    /// <summary>The cubes that hold it.</summary>
    public required IReadOnlyList<CubeRecord> Cubes { get; init; }
}
