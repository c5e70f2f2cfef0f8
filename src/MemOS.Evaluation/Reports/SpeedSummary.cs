namespace MemOS.Evaluation.Reports;

/// <summary>How fast a run was.</summary>
/// <param name="Messages">Messages stored.</param>
/// <param name="IngestMessagesPerSecond">Durable messages a second, in batches.</param>
/// <param name="SettleSeconds">Seconds for the jobs after storing, all conversations together.</param>
/// <param name="OpenP50Ms">Opening a vault and building its index, median over the conversations, in milliseconds.</param>
/// <param name="OpenMaxMs">The slowest opening.</param>
/// <param name="RecallP50Ms">A recall as ranks are measured with, median in milliseconds.</param>
/// <param name="RecallP95Ms">The 95th percentile.</param>
/// <param name="Bytes">Bytes on disk, all vaults together.</param>
/// <param name="Cubes">Cubes, all vaults together.</param>
public sealed record SpeedSummary(
    long Messages, double IngestMessagesPerSecond, double SettleSeconds, double OpenP50Ms, double OpenMaxMs, double RecallP50Ms, double RecallP95Ms, long Bytes, long Cubes);
