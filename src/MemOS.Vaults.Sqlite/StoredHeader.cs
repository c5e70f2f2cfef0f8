using System.Text.Json.Serialization;

namespace MemOS.Vaults.Sqlite;

/// <summary>The part of a version's header that is stored as one JSON value. Names are short and defaults are left out: there is one per version.</summary>
internal sealed class StoredHeader
{
    /// <summary>Ticks from the transaction time to the cube's creation.</summary>
    [JsonPropertyName("c")]
    public long Created { get; set; }

    [JsonPropertyName("o")]
    public int Origin { get; set; }

    [JsonPropertyName("y")]
    public string? Type { get; set; }

    /// <summary>UTC ticks.</summary>
    [JsonPropertyName("s")]
    public long? Said { get; set; }

    /// <summary>Offset from UTC in minutes.</summary>
    [JsonPropertyName("z")]
    public int SaidOffset { get; set; }

    [JsonPropertyName("p")]
    public string? Speaker { get; set; }

    [JsonPropertyName("r")]
    public string? Role { get; set; }

    [JsonPropertyName("x")]
    public string? Context { get; set; }

    [JsonPropertyName("m")]
    public string? Model { get; set; }

    [JsonPropertyName("e")]
    public string[]? Entities { get; set; }

    [JsonPropertyName("g")]
    public string[]? Tags { get; set; }

    [JsonPropertyName("i")]
    public Dictionary<string, string>? Info { get; set; }

    /// <summary>The access layer plus 1, or 0 for the default scope.</summary>
    [JsonPropertyName("a")]
    public int Access { get; set; }

    [JsonPropertyName("ar")]
    public string[]? Readers { get; set; }

    [JsonPropertyName("aw")]
    public string[]? Writers { get; set; }

    [JsonPropertyName("ex")]
    public long? Expires { get; set; }

    [JsonPropertyName("hl")]
    public long? HalfLife { get; set; }

    [JsonPropertyName("pr")]
    public int Priority { get; set; }

    [JsonPropertyName("se")]
    public int Sensitivity { get; set; }

    [JsonPropertyName("w")]
    public string? Watermark { get; set; }

    /// <summary>Who may see which field.</summary>
    [JsonPropertyName("rf")]
    public Dictionary<string, string[]>? Restricted { get; set; }

    [JsonPropertyName("f")]
    public string? Fingerprint { get; set; }

    [JsonPropertyName("u")]
    public StoredSource[]? Sources { get; set; }

    [JsonPropertyName("l")]
    public StoredDerivation[]? Lineage { get; set; }

    [JsonPropertyName("pl")]
    public long PayloadLength { get; set; }

    [JsonPropertyName("pf")]
    public string? PayloadFormat { get; set; }
}
