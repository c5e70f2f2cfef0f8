namespace MemOS.Operator.Recall;

/// <summary>A reranker and what it gets.</summary>
/// <param name="Reranker">The reranker. Not disposed by the vault.</param>
public sealed record RerankOptions(IReranker Reranker)
{
    /// <summary>How many hits it sees, 2 to 100; 20 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is out of its range.</exception>
    public int Depth
    {
        get;
        init => field = value is >= 2 and <= 100 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "A reranker sees 2 to 100 hits.");
    } = 20;

    /// <summary>How long it may take before the hits stay as they were ranked; more than 0 and at most 10 minutes, 5 seconds by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is out of its range.</exception>
    public TimeSpan Timeout
    {
        get;
        init => field = value > TimeSpan.Zero && value <= TimeSpan.FromMinutes(10) ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "A reranker gets more than no time and at most 10 minutes.");
    } = TimeSpan.FromSeconds(5);
}
