using System.Numerics.Tensors;

namespace MemOS.Models.Llama.Training;

/// <summary>A distribution of the next token by its likeliest ones.</summary>
/// <param name="Tokens">The tokens.</param>
/// <param name="Shares">How likely each is; they sum to 1.</param>
internal sealed record NextToken(int[] Tokens, float[] Shares)
{
    private const int Most = 64;
    private const float Least = 1e-5f;

    /// <summary>What makes the distribution uncertain, in nats.</summary>
    public double Entropy => -Shares.Sum(share => share * Math.Log(share));

    /// <summary>Of logits.</summary>
    public static NextToken Of(ReadOnlySpan<float> logits)
    {
        float[] shares = new float[logits.Length];
        TensorPrimitives.SoftMax(logits, shares);
        int[] tokens = [.. Enumerable.Range(0, shares.Length).Where(token => shares[token] >= Least).OrderByDescending(token => shares[token]).Take(Most)];
        float sum = tokens.Sum(token => shares[token]);
        return new NextToken(tokens, [.. tokens.Select(token => shares[token] / sum)]);
    }
}
