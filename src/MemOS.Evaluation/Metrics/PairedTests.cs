namespace MemOS.Evaluation.Metrics;

/// <summary>Tests whether two systems differ on the same questions. Both are two-sided.</summary>
public static class PairedTests
{
    /// <summary>How often signs are flipped.</summary>
    public const int Permutations = 10_000;

    private const int Seed = 20260131;

    /// <summary>
    /// The permutation test: how often a mean difference at least this far from zero comes about when the sign of each difference is thrown anew. At least
    /// 1 / (<see cref="Permutations"/> + 1); 1 when there is no difference. The seed is fixed.
    /// </summary>
    public static double Permutation(ReadOnlySpan<double> differences)
    {
        double[] moved = [.. differences.ToArray().Where(difference => difference != 0)];
        double observed = Math.Abs(moved.Sum());
        if (moved.Length == 0)
        {
            return 1;
        }

        Random random = new(Seed);
        int asFar = 0;
        for (int i = 0; i < Permutations; i++)
        {
            double sum = 0;
            int bits = 0;
            for (int j = 0; j < moved.Length; j++)
            {
                bits = (j & 15) == 0 ? random.Next(1 << 16) : bits >> 1;
                sum += (bits & 1) == 0 ? moved[j] : -moved[j];
            }

            asFar += Math.Abs(sum) >= observed - 1e-9 ? 1 : 0; // sums of the same terms in another order differ in the last bits
        }

        return (asFar + 1.0) / (Permutations + 1);
    }

    /// <summary>The exact sign test: the probability of a split at least this uneven when wins and losses are equally likely. Ties are left out.</summary>
    public static double Sign(int wins, int losses)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(wins);
        ArgumentOutOfRangeException.ThrowIfNegative(losses);
        int trials = wins + losses;
        double logarithm = -trials * Math.Log(2); // of C(trials, 0) / 2^trials
        double tail = 0;
        for (int i = 0; i <= Math.Min(wins, losses); i++)
        {
            tail += Math.Exp(logarithm);
            logarithm += Math.Log((double)(trials - i) / (i + 1));
        }

        return Math.Min(1, 2 * tail);
    }
}
