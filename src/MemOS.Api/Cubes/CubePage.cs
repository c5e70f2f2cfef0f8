namespace MemOS.Api;

/// <summary>A page of current cubes, in order of their sequence numbers.</summary>
public sealed record CubePage
{
    /// <summary>The cubes.</summary>
    public required IReadOnlyList<CubeRecord> Items { get; init; }

    /// <summary>Give this as <c>after</c> for the next page; null on the last.</summary>
    public long? Next { get; init; }
}
