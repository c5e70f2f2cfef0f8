namespace MemOS.Api.Product;

/// <summary>Memories of one cube.</summary>
public sealed record ProductBucket
{
    /// <summary>The cube.</summary>
    public required string CubeId { get; init; }

    /// <summary>The memories.</summary>
    public required IReadOnlyList<ProductItem> Memories { get; init; }

    /// <summary>How many there are, on all pages.</summary>
    public int TotalNodes { get; init; }
}
