namespace MemOS.Api.Product;

/// <summary>What <c>search</c> found.</summary>
public sealed record ProductSearchData
{
    /// <summary>Text memories, a bucket for each cube.</summary>
    public required IReadOnlyList<ProductBucket> TextMem { get; init; }

    /// <summary>Always empty.</summary>
    public IReadOnlyList<ProductBucket> ActMem { get; init; } = [];

    /// <summary>Always empty.</summary>
    public IReadOnlyList<ProductBucket> ParaMem { get; init; } = [];

    /// <summary>Preferences.</summary>
    public required IReadOnlyList<ProductBucket> PrefMem { get; init; }

    /// <summary>How to use preferences; empty without them.</summary>
    public string PrefNote { get; init; } = "";

    /// <summary>The preferences as text; missing without them.</summary>
    public string? PrefString { get; init; }

    /// <summary>Tool memories.</summary>
    public required IReadOnlyList<ProductBucket> ToolMem { get; init; }

    /// <summary>Skills; always empty buckets.</summary>
    public required IReadOnlyList<ProductBucket> SkillMem { get; init; }
}
