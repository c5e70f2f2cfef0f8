using System.Text.Json.Serialization;

namespace MemOS.Api;

/// <summary>Asks for a new branch.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record OpenBranchRequest
{
    /// <summary>Its name: 1 to 64 letters, digits, _, - or dots.</summary>
    public required string Name { get; init; }
}
