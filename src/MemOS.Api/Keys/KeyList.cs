namespace MemOS.Api;

/// <summary>The API keys of a server.</summary>
public sealed record KeyList
{
    /// <summary>The keys, oldest first.</summary>
    public required IReadOnlyList<KeyRecord> Items { get; init; }
}
