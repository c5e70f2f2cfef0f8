namespace MemOS.Api;

/// <summary>One dependency between two cubes.</summary>
public sealed record LineageEdgeRecord
{
    /// <summary>The cube that depends.</summary>
    public Guid From { get; init; }

    /// <summary>How.</summary>
    public required string Kind { get; init; }

    /// <summary>The cube that it depends on.</summary>
    public Guid To { get; init; }

    /// <summary>The version of that.</summary>
    public int Version { get; init; }
}
