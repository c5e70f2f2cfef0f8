namespace MemOS.Operator.Recall.Ranking;

/// <summary>The BM25 weighting (Robertson and Zaragoza, The Probabilistic Relevance Framework, 2009).</summary>
internal static class Bm25
{
    /// <summary>How quickly repetitions of a word stop to count.</summary>
    public const float Saturation = 1.2f;

    /// <summary>How much a long turn is held against its words.</summary>
    public const float LengthShare = 0.75f;

    /// <summary>The same for a session: sessions are long because much was said, not because it was said at length.</summary>
    public const float SessionLengthShare = 0.4f;

    /// <summary>Inverse document frequency, always more than 0.</summary>
    public static float Rarity(int documents, int withTerm) =>
        MathF.Log(1 + ((Math.Max(documents, withTerm) - withTerm + 0.5f) / (withTerm + 0.5f)));

    /// <summary>The weight of a frequency, up to <see cref="Saturation"/> + 1.</summary>
    public static float Weight(float frequency, float norm) => frequency * (Saturation + 1) / (frequency + norm);

    /// <summary>What the length of a text adds to the frequency.</summary>
    public static float Norm(float length, float averageLength, float share) =>
        Saturation * (1 - share + (share * length / averageLength));
}
