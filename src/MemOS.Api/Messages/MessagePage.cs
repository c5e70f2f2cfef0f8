namespace MemOS.Api;

/// <summary>A page of stored messages, by number.</summary>
public sealed record MessagePage
{
    /// <summary>The messages.</summary>
    public required IReadOnlyList<MessageRecord> Items { get; init; }

    /// <summary>Give this as <c>after</c> for the next page; null on the last.</summary>
    public long? Next { get; init; }
}
