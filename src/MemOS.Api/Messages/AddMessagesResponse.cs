namespace MemOS.Api;

/// <summary>What became of the messages of an add, in order.</summary>
public sealed record AddMessagesResponse
{
    /// <summary>One entry for each message or passage.</summary>
    public required IReadOnlyList<AddedMessageRecord> Messages { get; init; }
}
