using System.Text.Json.Serialization;

namespace MemOS.Api;

/// <summary>Asks for a new vault.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record CreateVaultRequest
{
    /// <summary>Its name: 1 to 100 characters, no control characters, no space at either end.</summary>
    public required string Id { get; init; }
}
