using System.Text.Json.Serialization;

namespace MemOS.Vaults.Sqlite;

/// <summary>A <see cref="Cubes.MessageSource"/> as it stands in the header's JSON.</summary>
internal sealed class StoredSource
{
    [JsonPropertyName("i")]
    public string Id { get; set; } = "";

    [JsonPropertyName("n")]
    public long Number { get; set; }

    [JsonPropertyName("s")]
    public int Start { get; set; }

    [JsonPropertyName("l")]
    public int Length { get; set; }

    /// <summary>0: the conversation is the cube's context; 1: it is <see cref="Conversation"/>.</summary>
    [JsonPropertyName("d")]
    public int Differs { get; set; }

    [JsonPropertyName("c")]
    public string? Conversation { get; set; }
}
