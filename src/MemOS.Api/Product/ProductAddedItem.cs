namespace MemOS.Api.Product;

/// <summary>One memory that <c>add</c> stored.</summary>
public sealed record ProductAddedItem
{
    /// <summary>Its text.</summary>
    public required string Memory { get; init; }

    /// <summary>Its id.</summary>
    public required string MemoryId { get; init; }

    /// <summary>Its type.</summary>
    public required string MemoryType { get; init; }

    /// <summary>Its cube.</summary>
    public required string CubeId { get; init; }
}
