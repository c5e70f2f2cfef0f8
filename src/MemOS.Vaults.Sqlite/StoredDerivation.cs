using System.Text.Json.Serialization;

namespace MemOS.Vaults.Sqlite;

/// <summary>A <see cref="Cubes.Derivation"/> as it stands in the header's JSON.</summary>
internal sealed class StoredDerivation
{
    [JsonPropertyName("k")]
    public int Kind { get; set; }

    [JsonPropertyName("c")]
    public Guid Cube { get; set; }

    [JsonPropertyName("v")]
    public int Version { get; set; }

    [JsonPropertyName("n")]
    public string? Note { get; set; }
}
