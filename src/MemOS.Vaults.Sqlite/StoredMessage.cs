using System.Text.Json.Serialization;

namespace MemOS.Vaults.Sqlite;

/// <summary>What few messages have, stored as one JSON value; absent when there is nothing in it.</summary>
internal sealed class StoredMessage
{
    [JsonPropertyName("a")]
    public string?[][]? Attachments { get; set; }

    [JsonPropertyName("t")]
    public string?[][]? ToolCalls { get; set; }

    [JsonPropertyName("c")]
    public string? ToolCallId { get; set; }

    [JsonPropertyName("x")]
    public string? ContextText { get; set; }

    [JsonPropertyName("g")]
    public string[]? Tags { get; set; }

    [JsonPropertyName("i")]
    public Dictionary<string, string>? Info { get; set; }
}
