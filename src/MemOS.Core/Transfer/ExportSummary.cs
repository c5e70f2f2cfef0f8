namespace MemOS.Transfer;

/// <summary>What an export holds.</summary>
/// <param name="Messages">Raw messages.</param>
/// <param name="Cubes">Cubes.</param>
/// <param name="Versions">Versions of all cubes on all branches.</param>
/// <param name="AuditEntries">Entries of the audit log.</param>
public sealed record ExportSummary(long Messages, long Cubes, long Versions, long AuditEntries);
