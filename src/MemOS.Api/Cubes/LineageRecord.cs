namespace MemOS.Api;

/// <summary>What a cube came from and what came from it.</summary>
public sealed record LineageRecord
{
    /// <summary>The cube that was asked about.</summary>
    public Guid Root { get; init; }

    /// <summary>The dependencies.</summary>
    public required IReadOnlyList<LineageEdgeRecord> Edges { get; init; }

    /// <summary>The messages at the ends.</summary>
    public required IReadOnlyList<SourceRecord> Messages { get; init; }
}
