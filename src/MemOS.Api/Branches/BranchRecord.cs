namespace MemOS.Api;

/// <summary>A what-if line of a vault.</summary>
public sealed record BranchRecord
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>The last sequence number of the main line that it sees.</summary>
    public long BaseSequence { get; init; }

    /// <summary>When it was opened.</summary>
    public DateTimeOffset CreatedAt { get; init; }
}
