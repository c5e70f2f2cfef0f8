using System.Text.Json.Serialization;

namespace MemOS.Api.Product;

/// <summary>All about a memory.</summary>
public sealed record ProductMetadata
{
    /// <summary>Its id.</summary>
    public required string Id { get; init; }

    /// <summary>Its text.</summary>
    public required string Memory { get; init; }

    /// <summary>Its short id.</summary>
    public required string RefId { get; init; }

    /// <summary>UserMemory, LongTermMemory, PreferenceMemory or ToolTrajectoryMemory.</summary>
    public required string MemoryType { get; init; }

    /// <summary>The semantic type of the cube.</summary>
    public required string Type { get; init; }

    /// <summary>The relevance, 0 to 1; only where something was searched.</summary>
    public double? Relativity { get; init; }

    /// <summary>A short title.</summary>
    public required string Key { get; init; }

    /// <summary>Tags.</summary>
    public required IReadOnlyList<string> Tags { get; init; }

    /// <summary>The messages that it came from.</summary>
    public required IReadOnlyList<ProductSource> Sources { get; init; }

    /// <summary><c>conversation</c> or <c>file</c>.</summary>
    public required string Source { get; init; }

    /// <summary>Always empty.</summary>
    public IReadOnlyList<double> Embedding { get; init; } = [];

    /// <summary>Always empty.</summary>
    public IReadOnlyList<string> Usage { get; init; } = [];

    /// <summary>Always empty; versions are read through the native interface.</summary>
    public IReadOnlyList<string> History { get; init; } = [];

    /// <summary><c>activated</c>, <c>archived</c> or <c>deleted</c>.</summary>
    public required string Status { get; init; }

    /// <summary>The user who added it.</summary>
    public required string UserId { get; init; }

    /// <summary>The session.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string? SessionId { get; init; }

    /// <summary>Free metadata.</summary>
    public required IReadOnlyDictionary<string, string> Info { get; init; }

    /// <summary>The version of the cube.</summary>
    public int Version { get; init; }

    /// <summary>When it was made, ISO 8601.</summary>
    public required string CreatedAt { get; init; }

    /// <summary>When it was last changed, ISO 8601.</summary>
    public required string UpdatedAt { get; init; }

    /// <summary>The files that it came from.</summary>
    public IReadOnlyList<string>? FileIds { get; init; }

    /// <summary>The preference, on preferences only.</summary>
    public string? Preference { get; init; }

    /// <summary><c>explicit_preference</c> or <c>implicit_preference</c>, on preferences only.</summary>
    public string? PreferenceType { get; init; }

    /// <summary>On preferences only.</summary>
    public string? Reasoning { get; init; }

    /// <summary>On preferences only.</summary>
    public string? Topic { get; init; }
}
