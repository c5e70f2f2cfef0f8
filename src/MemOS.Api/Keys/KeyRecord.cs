namespace MemOS.Api;

/// <summary>An API key.</summary>
public sealed record KeyRecord
{
    /// <summary>The id by which it is revoked.</summary>
    public Guid Id { get; init; }

    /// <summary>Whose it is.</summary>
    public required string Name { get; init; }

    /// <summary>The vaults that it opens.</summary>
    public required IReadOnlyList<string> Vaults { get; init; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>The key itself: only in the answer to its making, for the server does not keep it.</summary>
    public string? Key { get; init; }
}
