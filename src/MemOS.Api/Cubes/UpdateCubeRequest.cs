using System.Text.Json;
using System.Text.Json.Serialization;

namespace MemOS.Api;

/// <summary>Asks to change a cube; what is missing stays as it is.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record UpdateCubeRequest
{
    /// <summary>The version that you read; a stale one is refused. The header <c>If-Match</c> says the same.</summary>
    public int? ExpectedVersion { get; init; }

    /// <summary>How the text meets the old one: <c>overwrite</c> (default), <c>append</c> or <c>merge</c>.</summary>
    public string? Mode { get; init; }

    /// <summary>The new text.</summary>
    public string? Text { get; init; }

    /// <summary>The new type.</summary>
    public string? Type { get; init; }

    /// <summary>The new names.</summary>
    public IReadOnlyList<string>? Entities { get; init; }

    /// <summary>The new tags.</summary>
    public IReadOnlyList<string>? Tags { get; init; }

    /// <summary>Metadata to set; other keys stay.</summary>
    public IReadOnlyDictionary<string, JsonElement>? Info { get; init; }

    /// <summary>The new rules, all of them.</summary>
    public GovernanceRecord? Governance { get; init; }

    /// <summary>The new valid time.</summary>
    public TimeWindow? Valid { get; init; }

    /// <summary>The branch to write on; the main line when missing.</summary>
    public string? Branch { get; init; }
}
