using System.Text.Json.Serialization;

namespace MemOS.Api;

/// <summary>A call of a tool.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record ToolCallRecord
{
    /// <summary>Its id.</summary>
    public string? Id { get; init; }

    /// <summary>The tool.</summary>
    public required string Name { get; init; }

    /// <summary>Its arguments as JSON text.</summary>
    public string? Arguments { get; init; }
}
