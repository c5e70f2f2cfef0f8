namespace MemOS.Vaults.Sqlite;

/// <summary>The part of a version's header that is stored as one JSON value, by <see cref="HeaderWriter"/>. Names there are short and defaults left out.</summary>
internal sealed class StoredHeader
{
    /// <summary>Ticks from the transaction time to the cube's creation.</summary>
    public long Created { get; set; }

    public int Origin { get; set; }

    public string? Type { get; set; }

    /// <summary>UTC ticks.</summary>
    public long? Said { get; set; }

    /// <summary>Offset from UTC in minutes.</summary>
    public int SaidOffset { get; set; }

    public string? Speaker { get; set; }

    public string? Role { get; set; }

    public string? Context { get; set; }

    public string? Model { get; set; }

    public string[]? Entities { get; set; }

    public string[]? Tags { get; set; }

    public Dictionary<string, string>? Info { get; set; }

    /// <summary>The access layer plus 1, or 0 for the default scope.</summary>
    public int Access { get; set; }

    public string[]? Readers { get; set; }

    public string[]? Writers { get; set; }

    public long? Expires { get; set; }

    public long? HalfLife { get; set; }

    public int Priority { get; set; }

    public int Sensitivity { get; set; }

    public string? Watermark { get; set; }

    /// <summary>Who may see which field.</summary>
    public Dictionary<string, string[]>? Restricted { get; set; }

    public string? Fingerprint { get; set; }

    public StoredSource[]? Sources { get; set; }

    public StoredDerivation[]? Lineage { get; set; }

    public long PayloadLength { get; set; }

    public string? PayloadFormat { get; set; }
}
