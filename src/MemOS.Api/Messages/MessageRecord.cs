namespace MemOS.Api;

/// <summary>A stored message, word for word.</summary>
public sealed record MessageRecord
{
    /// <summary>Its id.</summary>
    public required string Id { get; init; }

    /// <summary>Its conversation.</summary>
    public string? Conversation { get; init; }

    /// <summary>Its number in the vault, from 1.</summary>
    public long Number { get; init; }

    /// <summary>The role of its sender.</summary>
    public required string Role { get; init; }

    /// <summary>The name of its sender.</summary>
    public string? Speaker { get; init; }

    /// <summary>The text.</summary>
    public required string Text { get; init; }

    /// <summary>When it was said.</summary>
    public DateTimeOffset Time { get; init; }

    /// <summary>When it came in.</summary>
    public DateTimeOffset ReceivedAt { get; init; }

    /// <summary>What came with it.</summary>
    public required IReadOnlyList<AttachmentRecord> Attachments { get; init; }

    /// <summary>The tool calls that it asked for.</summary>
    public required IReadOnlyList<ToolCallRecord> ToolCalls { get; init; }

    /// <summary>For the answer of a tool, the id of the call.</summary>
    public string? ToolCallId { get; init; }

    /// <summary>The words of the task or situation that it belongs to.</summary>
    public string? ContextText { get; init; }

    /// <summary>Its tags.</summary>
    public required IReadOnlyList<string> Tags { get; init; }

    /// <summary>Its free metadata.</summary>
    public IReadOnlyDictionary<string, string>? Info { get; init; }
}
