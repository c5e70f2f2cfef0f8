using System.Text.Json.Serialization;

namespace MemOS.Api;

/// <summary>Something that came with a message.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record AttachmentRecord
{
    /// <summary><c>image</c>, <c>file</c> or <c>audio</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>Where it is: a URL, a file name or an id. Never opened.</summary>
    public string? Reference { get; init; }

    /// <summary>What it shows, in words; recalled like text.</summary>
    public string? Caption { get; init; }
}
