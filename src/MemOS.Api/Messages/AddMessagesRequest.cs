using System.Text.Json.Serialization;

namespace MemOS.Api;

/// <summary>Asks to remember messages. They are on disk and found by recall when the answer comes.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record AddMessagesRequest
{
    /// <summary>The conversation of every message that does not name its own; null for the default stream.</summary>
    public string? Conversation { get; init; }

    /// <summary>1 to 10,000 messages, in order.</summary>
    public required IReadOnlyList<NewMessage> Messages { get; init; }
}
