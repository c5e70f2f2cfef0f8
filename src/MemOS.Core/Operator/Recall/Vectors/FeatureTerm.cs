namespace MemOS.Operator.Recall.Vectors;

/// <summary>A term in a <see cref="FeatureSink"/>.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Start">Where its characters begin.</param>
/// <param name="Length">How many they are.</param>
internal readonly record struct FeatureTerm(ulong Key, int Start, int Length) : IComparable<FeatureTerm>
{
    /// <inheritdoc/>
    public int CompareTo(FeatureTerm other)
    {
        int order = Key.CompareTo(other.Key);
        return order != 0 ? order : Start.CompareTo(other.Start);
    }
}
