namespace MemOS.Evaluation.Metrics;

/// <summary>Confidence intervals by resampling (Efron's percentile bootstrap). The seed is fixed: the same values give the same interval.</summary>
public static class Bootstrap
{
    /// <summary>How often the values are resampled.</summary>
    public const int Resamples = 2_000;

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
