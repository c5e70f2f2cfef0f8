namespace MemOS.Api.Product;

/// <summary>A memory.</summary>
public sealed record ProductItem
{
    /// <summary>Its id, a UUID.</summary>
    public required string Id { get; init; }

    /// <summary>Its text.</summary>
    public required string Memory { get; init; }

    /// <summary>Its id up to the first dash, in brackets.</summary>
    public required string RefId { get; init; }

    /// <summary>All about it.</summary>
    public required ProductMetadata Metadata { get; init; }
}
