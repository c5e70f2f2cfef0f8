namespace MemOS.Api;

/// <summary>What was found, best first.</summary>
public sealed record RecallResponse
{
    /// <summary>The hits.</summary>
    public required IReadOnlyList<RecallHitRecord> Hits { get; init; }

    /// <summary>The time that the question named, if it did.</summary>
    public TimeWindow? Window { get; init; }

    /// <summary>Tokens of the text of all hits, estimated.</summary>
    public int Tokens { get; init; }
}
