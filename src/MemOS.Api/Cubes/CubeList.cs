namespace MemOS.Api;

/// <summary>Several cubes or versions.</summary>
public sealed record CubeList
{
    /// <summary>The cubes.</summary>
    public required IReadOnlyList<CubeRecord> Items { get; init; }
}
