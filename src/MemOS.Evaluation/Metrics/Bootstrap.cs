namespace MemOS.Evaluation.Metrics;

/// <summary>Confidence intervals by resampling (Efron's percentile bootstrap). The seed is fixed: the same values give the same interval.</summary>
public static class Bootstrap
{
    /// <summary>How often the values are resampled.</summary>
    public const int Resamples = 5_000;

    private const int Seed = 20260131;

    /// <summary>The mean of the values with its 95 % interval; zeros when there are none.</summary>
    public static ConfidenceInterval Mean(ReadOnlySpan<double> values)
    {
        if (values.IsEmpty)
        {
            return default;
        }

        double[] means = ResampledMeans(values);
        return new ConfidenceInterval(Sum(values) / values.Length, Percentiles.Of(means, 0.025), Percentiles.Of(means, 0.975));
    }

    /// <summary>
    /// The two-sided probability, by the same resampling, that a mean difference at least this far from zero comes about when there is none: twice the
    /// share of resampled means on the other side of zero, at most 1.
    /// </summary>
    public static double SignificanceOfMean(ReadOnlySpan<double> differences)
    {
        if (differences.IsEmpty)
        {
            return 1;
        }

        double[] means = ResampledMeans(differences);
        int notAbove = means.Count(mean => mean <= 0);
        int notBelow = means.Count(mean => mean >= 0);
        return Math.Min(1, 2.0 * Math.Min(notAbove, notBelow) / means.Length);
    }

    private static double[] ResampledMeans(ReadOnlySpan<double> values)
    {
        Random random = new(Seed);
        double[] means = new double[Resamples];
        for (int i = 0; i < means.Length; i++)
        {
            double sum = 0;
            for (int j = 0; j < values.Length; j++)
            {
                sum += values[random.Next(values.Length)];
            }

            means[i] = sum / values.Length;
        }

        Array.Sort(means);
        return means;
    }

    private static double Sum(ReadOnlySpan<double> values)
    {
        double sum = 0;
        foreach (double value in values)
        {
            sum += value;
        }

        return sum;
    }
}
