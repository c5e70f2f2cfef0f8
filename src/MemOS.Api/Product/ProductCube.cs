namespace MemOS.Api.Product;

/// <summary>What <c>create_cube</c> made.</summary>
public sealed record ProductCube
{
    /// <summary>Its id.</summary>
    public required string CubeId { get; init; }

    /// <summary>Its name.</summary>
    public required string CubeName { get; init; }

    /// <summary>Its owner.</summary>
    public required string OwnerId { get; init; }
}
