using System.Globalization;
using System.Text;
using MemOS.Operator.Recall.Ranking;

namespace MemOS.RankingTrainer;

/// <summary>Writes weights as the C# file that the product is built with.</summary>
internal static class WeightsFile
{
    public static string Of(float[] weights)
    {
        StringBuilder file = new(
            """
            namespace MemOS.Operator.Recall.Ranking;

            /// <summary>The weights of <see cref="RankingModel"/>, in the order of <see cref="RankingFeature"/>. Written by <c>tools/MemOS.RankingTrainer</c>; do not edit.</summary>
            internal static class RankingWeights
            {
                /// <summary>The weight of each feature.</summary>
                public static ReadOnlySpan<float> Base =>
            
            """);
        Append(file, weights.AsSpan(0, PoolFeatures.Count));
        file.Append("\n    /// <summary>What is added to the weight in the longest texts.</summary>\n    public static ReadOnlySpan<float> Long =>\n");
        Append(file, weights.AsSpan(PoolFeatures.Count));
        return file.Append("}\n").ToString();
    }

    private static void Append(StringBuilder file, ReadOnlySpan<float> weights)
    {
        file.Append("    [\n");
        for (int i = 0; i < weights.Length; i++)
        {
            file.Append(CultureInfo.InvariantCulture, $"        {weights[i]:F4}f, // {(RankingFeature)i}\n");
        }

        file.Append("    ];\n");
    }
}
