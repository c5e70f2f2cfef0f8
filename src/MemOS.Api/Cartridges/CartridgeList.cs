namespace MemOS.Api;

/// <summary>The cartridges of a vault.</summary>
public sealed record CartridgeList
{
    /// <summary>Those that are ready, in the order in which they were made, then those that are not.</summary>
    public required IReadOnlyList<CartridgeRecord> Items { get; init; }
}
