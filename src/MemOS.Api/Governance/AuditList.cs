namespace MemOS.Api;

/// <summary>Lines of the audit log, newest first.</summary>
public sealed record AuditList
{
    /// <summary>The lines.</summary>
    public required IReadOnlyList<AuditRecord> Items { get; init; }
}
