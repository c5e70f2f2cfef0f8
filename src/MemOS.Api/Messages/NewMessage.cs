using System.Text.Json;
using System.Text.Json.Serialization;

namespace MemOS.Api;

/// <summary>A message to be remembered, kept word for word.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record NewMessage
{
    /// <summary>Your id for it, unique in its conversation; the same message is never stored twice. Made when missing. At most 200 characters.</summary>
    public string? Id { get; init; }

    /// <summary>The conversation that it belongs to.</summary>
    public string? Conversation { get; init; }

    /// <summary><c>user</c> (default), <c>assistant</c>, <c>system</c>, <c>tool</c> or <c>document</c>.</summary>
    public string? Role { get; init; }

    /// <summary>Who said it, by name.</summary>
    public string? Speaker { get; init; }

    /// <summary>The text; at most 1,000,000 characters.</summary>
    public string? Text { get; init; }

    /// <summary>When it was said: ISO 8601 or another precise form; a time without zone is UTC. Now when missing.</summary>
    public string? Time { get; init; }

    /// <summary>Images, files and sound that came with it; never opened.</summary>
    public IReadOnlyList<AttachmentRecord>? Attachments { get; init; }

    /// <summary>The tool calls that it asked for.</summary>
    public IReadOnlyList<ToolCallRecord>? ToolCalls { get; init; }

    /// <summary>For the answer of a tool, the id of the call.</summary>
    public string? ToolCallId { get; init; }

    /// <summary>The words of the task or situation that it belongs to; a recall that gives like words prefers it. The same text in two contexts is two memories.</summary>
    public string? ContextText { get; init; }

    /// <summary>Tags of every cube made of it.</summary>
    public IReadOnlyList<string>? Tags { get; init; }

    /// <summary>Free metadata of every cube made of it: texts, numbers and truth values by key.</summary>
    public IReadOnlyDictionary<string, JsonElement>? Info { get; init; }
}
