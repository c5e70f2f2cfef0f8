namespace MemOS.Api;

/// <summary>The open branches.</summary>
public sealed record BranchList
{
    /// <summary>The branches, by name.</summary>
    public required IReadOnlyList<BranchRecord> Items { get; init; }
}
