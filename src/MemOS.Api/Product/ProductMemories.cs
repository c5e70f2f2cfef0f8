namespace MemOS.Api.Product;

/// <summary>What <c>get_memory</c> lists.</summary>
public sealed record ProductMemories
{
    /// <summary>Text memories.</summary>
    public required IReadOnlyList<ProductBucket> TextMem { get; init; }

    /// <summary>Preferences.</summary>
    public required IReadOnlyList<ProductBucket> PrefMem { get; init; }

    /// <summary>Tool memories.</summary>
    public required IReadOnlyList<ProductBucket> ToolMem { get; init; }

    /// <summary>Skills.</summary>
    public required IReadOnlyList<ProductBucket> SkillMem { get; init; }
}
