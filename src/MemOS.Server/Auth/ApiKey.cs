namespace MemOS.Server.Auth;

/// <summary>A key that opens some vaults. What is kept of the key itself is its SHA-256.</summary>
internal sealed record ApiKey
{
    /// <summary>The id by which it is revoked.</summary>
    public required Guid Id { get; init; }

    /// <summary>Whose it is; its holder's name in audit logs.</summary>
    public required string Name { get; init; }

    /// <summary>Names of vaults, and beginnings of names ended by <c>*</c>.</summary>
    public required IReadOnlyList<string> Vaults { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The digest of the key (<see cref="KeyDigest"/>), in hexadecimal digits.</summary>
    public required string Digest { get; init; }
}
