using System.Text.Json.Serialization;

namespace MemOS.Api;

/// <summary>Asks to restore a whole vault to what it was.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record RollbackVaultRequest
{
    /// <summary>The transaction time to go back to.</summary>
    public required DateTimeOffset AsOf { get; init; }
}
