namespace MemOS.Vaults;

/// <summary>What a vault holds.</summary>
/// <param name="Messages">Raw messages.</param>
/// <param name="Cubes">Cubes on the main line that have a current version.</param>
/// <param name="Versions">Versions of all cubes on all branches.</param>
/// <param name="PendingJobs">Jobs not done yet.</param>
/// <param name="DeadJobs">Jobs given up.</param>
/// <param name="LastSequence">The last sequence number given.</param>
/// <param name="Bytes">Bytes on disk, payloads included.</param>
public sealed record VaultStatistics(long Messages, long Cubes, long Versions, long PendingJobs, long DeadJobs, long LastSequence, long Bytes);
