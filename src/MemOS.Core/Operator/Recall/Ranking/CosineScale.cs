using System.Numerics.Tensors;

namespace MemOS.Operator.Recall.Ranking;

/// <summary>What a cosine is worth in one search: models differ in how alike they find texts that have nothing to do with each other.</summary>
/// <param name="Common">The likeness of any two texts, at least 0.</param>
/// <param name="Threshold">The cosine from which on it is evidence.</param>
internal readonly record struct CosineScale(float Common, float Threshold)
{
    /// <summary>With fewer documents their mean says nothing.</summary>
    private const int Few = 100;

    /// <summary>In standard deviations above the mean: reached by chance once in 740 documents.</summary>
    private const float Deviations = 3;

    /// <summary>Judges by the cosines of all documents.</summary>
    public static CosineScale Of(ReadOnlySpan<float> cosines, float least)
    {
        if (cosines.Length < Few)
        {
            return new CosineScale(0, least);
        }

        float mean = TensorPrimitives.Sum(cosines) / cosines.Length;
        float variance = (TensorPrimitives.SumOfSquares(cosines) / cosines.Length) - (mean * mean);
        return new CosineScale(Math.Clamp(mean, 0, 0.99f), Math.Max(least, mean + (Deviations * MathF.Sqrt(Math.Max(0, variance)))));
    }

    /// <summary>How alike two texts are beyond the common likeness, 0 to 1.</summary>
    public float Likeness(float cosine) => Math.Clamp((cosine - Common) / (1 - Common), 0, 1);
}
