namespace MemOS.Evaluation.Metrics;

/// <summary>A share of counted cases, with its interval.</summary>
public static class Proportion
{
    private const double Z = 1.959964; // the 97.5th percentile of the normal distribution

    /// <summary>Wilson's 95 % score interval, which holds near 0 and 1 too, where resampling has nothing to resample; zeros when there are no cases.</summary>
    public static ConfidenceInterval Of(int count, int cases)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, cases);
        if (cases == 0)
        {
            return default;
        }

        double share = (double)count / cases;
        double spread = Z * Z / cases;
        double centre = (share + (spread / 2)) / (1 + spread);
        double half = Z / (1 + spread) * Math.Sqrt((share * (1 - share) / cases) + (spread / (4 * cases)));
        return new ConfidenceInterval(share, Math.Max(0, centre - half), Math.Min(1, centre + half));
    }
}
