using System.Text.Json.Serialization;

namespace MemOS.Api;

/// <summary>Names cubes, in order.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record CubeIdsRequest
{
    /// <summary>Their ids.</summary>
    public required IReadOnlyList<Guid> Cubes { get; init; }
}
