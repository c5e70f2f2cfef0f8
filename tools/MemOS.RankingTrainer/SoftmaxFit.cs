using System.Numerics.Tensors;
using MemOS.Operator.Recall.Ranking;

namespace MemOS.RankingTrainer;

/// <summary>
/// Learns weights so that the evidence of a question gets most of the probability among its pool (ListNet, Cao et al. 2007), the score of the legs staying as
/// it is. Convex and without chance: the same pools give the same weights.
/// </summary>
/// <param name="sharpness">What a score of the legs of 1 is worth in log odds.</param>
/// <param name="penalty">How much a large weight costs, by the spread of its feature.</param>
internal sealed class SoftmaxFit(float sharpness, float penalty)
{
    private const int Steps = 200;
    private const int Width = 2 * PoolFeatures.Count;

    /// <summary>Learns from pools; those without evidence say nothing.</summary>
    /// <param name="pools">The pools.</param>
    /// <param name="isUsed">Which features take part; the others get the weight 0.</param>
    public float[] Fit(IEnumerable<LabelledPool> pools, Func<RankingFeature, bool> isUsed)
    {
        LabelledPool[] used = [.. pools.Where(pool => pool.Documents.Any(document => document.IsEvidence))];
        float[] scales = Scales(used, isUsed);
        float[][] rows = [.. used.Select(pool => Scaled(pool, scales))];
        float[] weights = new float[Width];
        float[] ahead = new float[Width];
        float[] gradient = new float[Width];
        double lowest = double.MaxValue;
        float step = 1 / (penalty + used.Length);
        for (int i = 0, since = 0; i < Steps; i++, since++)
        {
            // Nesterov's accelerated gradient, started again with half the step whenever it goes uphill.
            double loss = Loss(used, rows, ahead, gradient);
            if (loss > lowest)
            {
                step /= 2;
                since = 0;
                weights.CopyTo(ahead, 0);
                loss = Loss(used, rows, ahead, gradient);
            }

            lowest = loss;
            float momentum = since / (since + 3f);
            for (int f = 0; f < Width; f++)
            {
                float next = ahead[f] - (step * gradient[f]);
                ahead[f] = next + (momentum * (next - weights[f]));
                weights[f] = next;
            }
        }

        return [.. weights.Select((weight, f) => weight * scales[f] / sharpness)];
    }

    private double Loss(LabelledPool[] pools, float[][] rows, float[] weights, float[] gradient)
    {
        TensorPrimitives.Multiply(weights, penalty, gradient);
        double loss = penalty * TensorPrimitives.SumOfSquares<float>(weights) / 2;
        for (int p = 0; p < pools.Length; p++)
        {
            LabelledPool pool = pools[p];
            float[] odds = new float[pool.Documents.Length];
            int evidence = pool.Documents.Count(document => document.IsEvidence);
            for (int d = 0; d < odds.Length; d++)
            {
                odds[d] = (pool.Documents[d].Score * sharpness) + TensorPrimitives.Dot<float>(weights, rows[p].AsSpan(d * Width, Width));
            }

            float largest = TensorPrimitives.Max<float>(odds);
            double sum = odds.Sum(odd => Math.Exp(odd - largest));
            for (int d = 0; d < odds.Length; d++)
            {
                float wanted = pool.Documents[d].IsEvidence ? 1f / evidence : 0;
                double logarithm = odds[d] - largest - Math.Log(sum);
                loss -= wanted * logarithm;
                TensorPrimitives.MultiplyAdd(rows[p].AsSpan(d * Width, Width), (float)Math.Exp(logarithm) - wanted, gradient, gradient);
            }
        }

        return loss;
    }

    private static float[] Scaled(LabelledPool pool, float[] scales)
    {
        float[] rows = new float[pool.Documents.Length * Width];
        for (int d = 0; d < pool.Documents.Length; d++)
        {
            TensorPrimitives.Multiply<float>(pool.Documents[d].Features, scales, rows.AsSpan(d * Width, Width));
        }

        return rows;
    }

    /// <summary>What makes the spread of each feature 1; 0 for a feature that is the same everywhere.</summary>
    private static float[] Scales(LabelledPool[] pools, Func<RankingFeature, bool> isUsed)
    {
        float[] scales = new float[Width];
        for (int f = 0; f < Width; f++)
        {
            double[] values = [.. pools.SelectMany(pool => pool.Documents).Select(document => (double)document.Features[f])];
            double spread = TensorPrimitives.StdDev<double>(values);
            scales[f] = spread > 1e-4 && isUsed((RankingFeature)(f % PoolFeatures.Count)) ? (float)(1 / spread) : 0;
        }

        return scales;
    }
}
