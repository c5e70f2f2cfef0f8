namespace MemOS.Activation;

/// <summary>Whether loading ahead paid. Only states that a context begins with count: those behind them are read from their files, loaded or not.</summary>
/// <param name="Loads">States that were loaded ahead.</param>
/// <param name="Hits">Mounts of a state that was there.</param>
/// <param name="Misses">Mounts that had to read the state.</param>
/// <param name="Wasted">States that left, or may no longer be mounted, without having been used once.</param>
public sealed record LoadStatistics(long Loads, long Hits, long Misses, long Wasted)
{
    /// <summary>Nothing was loaded or mounted.</summary>
    public static LoadStatistics None { get; } = new(0, 0, 0, 0);

    /// <summary>The share of these mounts that found their state; 0 before the first.</summary>
    public double HitRate => Hits + Misses == 0 ? 0 : (double)Hits / (Hits + Misses);

    /// <summary>Both together.</summary>
    public static LoadStatistics operator +(LoadStatistics left, LoadStatistics right)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        return new LoadStatistics(left.Loads + right.Loads, left.Hits + right.Hits, left.Misses + right.Misses, left.Wasted + right.Wasted);
    }
}
