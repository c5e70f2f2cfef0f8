namespace MemOS.Evaluation.Metrics;

/// <summary>Percentiles of sorted values.</summary>
public static class Percentiles
{
    /// <summary>The nearest-rank percentile: the smallest value with at least that share of the values at or below it; 0 when there are none.</summary>
    /// <param name="sorted">The values, rising.</param>
    /// <param name="share">From 0 to 1.</param>
    public static double Of(ReadOnlySpan<double> sorted, double share)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(share);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(share, 1);
        return sorted.IsEmpty ? 0 : sorted[Math.Max(0, (int)Math.Ceiling(share * sorted.Length) - 1)];
    }
}
