using System.Text.Json;
using System.Text.Json.Serialization;

namespace MemOS.Api;

/// <summary>Asks to remember a plain text or Markdown document, passage by passage.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record AddDocumentRequest
{
    /// <summary>Its name: the conversation of its passages. At most 200 characters.</summary>
    public required string Name { get; init; }

    /// <summary>The whole text, at most 20 million characters.</summary>
    public required string Text { get; init; }

    /// <summary>Tags of every passage.</summary>
    public IReadOnlyList<string>? Tags { get; init; }

    /// <summary>Free metadata of every passage.</summary>
    public IReadOnlyDictionary<string, JsonElement>? Info { get; init; }

    /// <summary>When it was written; now when missing.</summary>
    public string? Time { get; init; }

    /// <summary><c>markdown</c> (default) or <c>plain_text</c>.</summary>
    public string? Format { get; init; }
}
