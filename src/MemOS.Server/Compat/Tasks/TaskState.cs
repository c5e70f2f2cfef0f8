using System.Globalization;
using System.Text.Json.Nodes;
using MemOS.Scheduler;
using MemOS.Vaults;

namespace MemOS.Server.Compat.Tasks;

/// <summary>How far a task is, as the jobs about its messages tell.</summary>
/// <param name="Status"><c>waiting</c> (put off until later), <c>in_progress</c>, <c>completed</c> or <c>failed</c>.</param>
/// <param name="Failures">The jobs that were given up.</param>
/// <param name="Runs">The messages.</param>
internal sealed record TaskState(string Status, IReadOnlyList<(VaultId Vault, VaultJob Job)> Failures, IReadOnlyList<MessageRun> Runs)
{
    /// <summary>The state of jobs.</summary>
    public static string StatusOf(IReadOnlyCollection<VaultJob> jobs, DateTimeOffset now) =>
        jobs.Any(job => !job.IsDead && job.DueAt <= now) ? "in_progress"
        : jobs.Any(job => !job.IsDead) ? "waiting"
        : jobs.Count > 0 ? "failed"
        : "completed";

    /// <summary>The jobs that were given up, why, and what lets them be tried again.</summary>
    public JsonArray FailureList() => [.. Failures.Select(failure => (JsonNode)new JsonObject
    {
        ["cube_id"] = failure.Vault.Value,
        ["job"] = failure.Job.Number,
        ["kind"] = failure.Job.Kind,
        ["attempts"] = failure.Job.Attempts,
        ["reason"] = failure.Job.Failure,
        ["retry"] = string.Create(CultureInfo.InvariantCulture, $"POST /api/v1/vaults/{Uri.EscapeDataString(failure.Vault.Value)}/jobs/{failure.Job.Number}/retry"),
    })];
}
