namespace MemOS.Operator.Recall.Ranking;

/// <summary>A document with its score; the better one comes first, of equals the newer.</summary>
internal readonly record struct RankedDocument(int Document, float Score, long Sequence) : IComparable<RankedDocument>
{
    /// <inheritdoc/>
    public int CompareTo(RankedDocument other)
    {
        int order = other.Score.CompareTo(Score);
        return order != 0 ? order : other.Sequence.CompareTo(Sequence);
    }
}
