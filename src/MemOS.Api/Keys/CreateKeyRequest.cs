using System.Text.Json.Serialization;

namespace MemOS.Api;

/// <summary>Asks for a new API key.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record CreateKeyRequest
{
    /// <summary>Whose it is; what its holder does stands under this name in audit logs. 1 to 100 characters.</summary>
    public required string Name { get; init; }

    /// <summary>The vaults that it opens: names, or beginnings of names ended by <c>*</c>, as in <c>acme/*</c>. The first full name is meant where a request names none.</summary>
    public required IReadOnlyList<string> Vaults { get; init; }
}
