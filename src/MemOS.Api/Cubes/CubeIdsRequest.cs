namespace MemOS.Api;

/// <summary>Names cubes, in order.</summary>
public sealed record CubeIdsRequest
{
    /// <summary>Their ids.</summary>
    public required IReadOnlyList<Guid> Cubes { get; init; }
}
