namespace MemOS.Api;

/// <summary>A page of the vaults of this server, by name.</summary>
public sealed record VaultPage
{
    /// <summary>Their names.</summary>
    public required IReadOnlyList<string> Items { get; init; }

    /// <summary>Give this as <c>after</c> for the next page; null on the last.</summary>
    public string? Next { get; init; }
}
