namespace MemOS.Transfer;

/// <summary>What a vault took in from another one; what it had before is not counted.</summary>
/// <param name="Messages">Raw messages.</param>
/// <param name="Cubes">Cubes.</param>
/// <param name="Versions">Versions of these cubes.</param>
/// <param name="BranchVersions">Versions on branches, which stay behind: a branch belongs to the line that it left.</param>
public sealed record RestoreSummary(int Messages, int Cubes, int Versions, int BranchVersions);
