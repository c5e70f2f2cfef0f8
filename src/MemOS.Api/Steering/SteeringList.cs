namespace MemOS.Api;

/// <summary>The steering vectors of a vault.</summary>
public sealed record SteeringList
{
    /// <summary>The vectors, in the order in which they were made.</summary>
    public required IReadOnlyList<SteeringRecord> Items { get; init; }
}
