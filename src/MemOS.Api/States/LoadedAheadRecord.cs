namespace MemOS.Api;

/// <summary>Whether loading states of a vault ahead paid.</summary>
public sealed record LoadedAheadRecord
{
    /// <summary>Bytes of those that are in the model's memory now.</summary>
    public long Bytes { get; init; }

    /// <summary>States that were loaded ahead.</summary>
    public long Loads { get; init; }

    /// <summary>Mounts, at the beginning of a context, that found their state loaded.</summary>
    public long Hits { get; init; }

    /// <summary>Mounts, at the beginning of a context, that had to read it.</summary>
    public long Misses { get; init; }

    /// <summary>States that left without having been used once.</summary>
    public long Wasted { get; init; }

    /// <summary>The share of mounts that found their state loaded, 0 to 1; 0 before the first.</summary>
    public double HitRate { get; init; }
}
