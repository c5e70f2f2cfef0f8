using System.Collections.Immutable;

namespace MemOS.Reader;

/// <summary>A raw input as it came, kept verbatim. Cubes are derived from messages and point back to them.</summary>
public sealed record Message
{
    /// <summary>The sender's id for it, or one made on arrival. Unique within <see cref="Conversation"/>; at most 200 characters.</summary>
    public required string Id { get; init; }

    /// <summary>The conversation it belongs to, or null for the vault's default stream; at most 200 characters.</summary>
    public string? Conversation { get; init; }

    /// <summary>The role of its sender.</summary>
    public MessageRole Role { get; init; }

    /// <summary>The name of its sender, or null when only the role is known.</summary>
    public string? Speaker { get; init; }

    /// <summary>The text, verbatim.</summary>
    public required string Text { get; init; }

    /// <summary>When it was said, with the offset from UTC of where it was said.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>Images, files and sound that came with it.</summary>
    public ImmutableArray<MessageAttachment> Attachments { get; init; } = [];

    /// <summary>The tool calls that it asked for.</summary>
    public ImmutableArray<ToolCall> ToolCalls { get; init; } = [];

    /// <summary>For a tool's answer, the id of the call; else null.</summary>
    public string? ToolCallId { get; init; }

    /// <summary>
    /// The words of the task or situation that it belongs to, for the contextual fingerprint of the cubes derived from it; null for none. The same text in two
    /// contexts is two memories.
    /// </summary>
    public string? ContextText { get; init; }

    /// <summary>Tags that every cube derived from it gets.</summary>
    public ImmutableArray<string> Tags { get; init; } = [];

    /// <summary>Free metadata that every cube derived from it gets; null when there is none.</summary>
    public ImmutableSortedDictionary<string, string>? Info { get; init; }

    /// <summary>Its number in the vault, from 1, rising in the order of arrival; 0 before it is committed.</summary>
    public long Number { get; init; }

    /// <summary>When the vault took it in. Set on commit.</summary>
    public DateTimeOffset ReceivedAt { get; init; }
}
