namespace MemOS.Api;

/// <summary>The first line of an export. Each further line holds one message or one cube; a later line of the same cube replaces the earlier one.</summary>
public sealed record ExportHeader
{
    /// <summary>Always <c>memos-export</c>.</summary>
    public string Format { get; init; } = "memos-export";

    /// <summary>1.</summary>
    public int FormatVersion { get; init; } = 1;

    /// <summary>The vault.</summary>
    public required string Vault { get; init; }

    /// <summary>When the export began.</summary>
    public DateTimeOffset ExportedAt { get; init; }
}
