namespace MemOS.Api;

/// <summary>Which memories to list.</summary>
public sealed record CubeListRequest
{
    /// <summary>Only those in this state.</summary>
    public string? State { get; init; }

    /// <summary>Only those of this type.</summary>
    public string? Type { get; init; }

    /// <summary>Only those with a sequence number above this one: <see cref="CubePage.Next"/> of the page before.</summary>
    public long After { get; init; }

    /// <summary>At most so many, 1 to 1,000; 100 when missing.</summary>
    public int? Limit { get; init; }
}
