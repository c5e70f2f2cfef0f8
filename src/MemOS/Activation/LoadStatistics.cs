namespace MemOS.Activation;

/// <summary>Whether loading ahead paid.</summary>
/// <param name="Loads">States that were loaded ahead.</param>
/// <param name="Hits">Mounts of a state that was there.</param>
/// <param name="Misses">Mounts that had to read the state.</param>
/// <param name="Wasted">States that left, or may no longer be mounted, without having been used once.</param>
public sealed record LoadStatistics(long Loads, long Hits, long Misses, long Wasted)
{
    /// <summary>The share of mounts that found their state; 0 before the first.</summary>
    public double HitRate => Hits + Misses == 0 ? 0 : (double)Hits / (Hits + Misses);
}
