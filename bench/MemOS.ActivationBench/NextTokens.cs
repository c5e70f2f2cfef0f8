using System.Numerics.Tensors;

namespace MemOS.ActivationBench;

/// <summary>Compares what two contexts make of the next token.</summary>
internal static class NextTokens
{
    /// <summary>How far the second distribution is from the first: their Kullback-Leibler divergence in nats.</summary>
    public static double Divergence(ReadOnlySpan<float> reference, ReadOnlySpan<float> other)
    {
        double first = LogSum(reference), second = LogSum(other), sum = 0;
        for (int i = 0; i < reference.Length; i++)
        {
            double expected = reference[i] - first;
            sum += Math.Exp(expected) * (expected - (other[i] - second));
        }

        return Math.Max(0, sum);
    }

    private static double LogSum(ReadOnlySpan<float> logits)
    {
        double most = TensorPrimitives.Max(logits), sum = 0;
        foreach (float logit in logits)
        {
            sum += Math.Exp(logit - most);
        }

        return most + Math.Log(sum);
    }
}
