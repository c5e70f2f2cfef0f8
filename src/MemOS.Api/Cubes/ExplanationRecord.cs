namespace MemOS.Api;

/// <summary>Why a memory is what it is.</summary>
public sealed record ExplanationRecord
{
    /// <summary>The memory as it is now.</summary>
    public required CubeRecord Cube { get; init; }

    /// <summary>The messages that it came from, word for word; at most 100.</summary>
    public required IReadOnlyList<MessageRecord> Messages { get; init; }

    /// <summary>What it came from and what came from it, at any distance.</summary>
    public required LineageRecord Lineage { get; init; }

    /// <summary>How it was used. Uses of the last moments may not be counted yet.</summary>
    public required UsageRecord Usage { get; init; }
}
