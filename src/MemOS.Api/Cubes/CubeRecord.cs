namespace MemOS.Api;

/// <summary>One version of a MemCube.</summary>
public sealed record CubeRecord
{
    /// <summary>Its lasting id.</summary>
    public Guid Id { get; init; }

    /// <summary>The number of this version.</summary>
    public int Version { get; init; }

    /// <summary>The branch that it was written on.</summary>
    public required string Branch { get; init; }

    /// <summary>Its place in the log of the vault.</summary>
    public long Sequence { get; init; }

    /// <summary><c>generated</c>, <c>activated</c>, <c>merged</c>, <c>archived</c>, <c>frozen</c> or <c>expired</c>.</summary>
    public required string State { get; init; }

    /// <summary><c>episode</c>, <c>fact</c>, <c>event</c>, <c>preference</c>, <c>document</c>, <c>tool_trace</c> and others.</summary>
    public required string Type { get; init; }

    /// <summary><c>user_input</c>, <c>inference_extraction</c>, <c>external_retrieval</c> or <c>parameter_fine_tuning</c>.</summary>
    public required string Origin { get; init; }

    /// <summary>The text of a plaintext cube.</summary>
    public string? Text { get; init; }

    /// <summary>The payload of any other cube.</summary>
    public PayloadRecord? Payload { get; init; }

    /// <summary>Who said it.</summary>
    public string? Speaker { get; init; }

    /// <summary>The role of who said it.</summary>
    public string? Role { get; init; }

    /// <summary>The conversation or document that it stands in.</summary>
    public string? Context { get; init; }

    /// <summary>What single-valued fact it is the value of.</summary>
    public string? FactKey { get; init; }

    /// <summary>The model that wrote it.</summary>
    public string? Model { get; init; }

    /// <summary>Names in it.</summary>
    public required IReadOnlyList<string> Entities { get; init; }

    /// <summary>Tags.</summary>
    public required IReadOnlyList<string> Tags { get; init; }

    /// <summary>Free metadata.</summary>
    public IReadOnlyDictionary<string, string>? Info { get; init; }

    /// <summary>When the cube was first made.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was said.</summary>
    public DateTimeOffset? SaidAt { get; init; }

    /// <summary>When the statement holds; missing when nothing is known.</summary>
    public TimeWindow? Valid { get; init; }

    /// <summary>When this version became current.</summary>
    public DateTimeOffset TxFrom { get; init; }

    /// <summary>When the next version replaced it; missing while it is current.</summary>
    public DateTimeOffset? TxTo { get; init; }

    /// <summary>Who may use it, for how long, how carefully.</summary>
    public required GovernanceRecord Governance { get; init; }

    /// <summary>The messages that it came from.</summary>
    public required IReadOnlyList<SourceRecord> Sources { get; init; }

    /// <summary>The cubes that it came from.</summary>
    public required IReadOnlyList<DerivationRecord> Lineage { get; init; }

    /// <summary>The context that it was made in, as 32 hexadecimal digits.</summary>
    public string? Fingerprint { get; init; }
}
