using System.Globalization;
using System.Text.Json.Nodes;
using MemOS.Scheduler;
using MemOS.Server.Auth;
using MemOS.Server.Compat.Tasks;
using MemOS.Server.Compat.Wire;
using MemOS.Vaults;

namespace MemOS.Server.Compat;

/// <summary><c>GET /product/scheduler/status</c>, <c>allstatus</c>, <c>task_queue_status</c>: what is still to be done, and what was given up, as the vaults' jobs tell.</summary>
internal static class ProductScheduler
{
    private const int MostJobs = 1000;

    /// <summary>How far a task is; without a task, all that is not done of the user's cube.</summary>
    public static async Task<WireAnswer> StatusAsync(CallerVaults host, WireTasks tasks, TimeProvider clock, CancellationToken cancellationToken, string? user_id = null, string? task_id = null)
    {
        string user = Named("user_id", user_id);
        JsonArray data = [];
        if (task_id is { Length: > 0 })
        {
            TaskState state = await tasks.ReadAsync(task_id, user, host, cancellationToken);
            data.Add((JsonNode)Entry(task_id, state));
        }
        else
        {
            await using VaultLease lease = await host.OpenAsync(new VaultId(user), cancellationToken: cancellationToken);
            foreach (VaultJob job in AllJobs(lease.Vault))
            {
                data.Add((JsonNode)new JsonObject { ["task_id"] = JobName(job), ["status"] = TaskState.StatusOf([job], clock.GetUtcNow()), ["reason"] = job.Failure });
            }
        }

        return WireAnswer.Product("Memory get status successfully", data);
    }

    /// <summary>Counts of jobs over the cubes that are in use now; the jobs of others rest with them.</summary>
    public static async Task<WireAnswer> AllStatusAsync(CallerVaults host, CancellationToken cancellationToken)
    {
        long pending = 0, running = 0, failed = 0, completed = 0;
        foreach (VaultId id in host.ListOpen())
        {
            await using VaultLease? lease = await ProductCubes.FindAsync(host, id, cancellationToken);
            if (lease?.Vault.Read(reader => (reader.Statistics(), reader.ReadDueJobs(MostJobs).Count, reader.LastJobNumber)) is not var (held, due, last))
            {
                continue;
            }

            pending += held.PendingJobs;
            running += due;
            failed += held.DeadJobs;
            completed += last - held.PendingJobs - held.DeadJobs; // a job that is done is gone
        }

        JsonObject Counts() => new()
        {
            ["waiting"] = pending - running,
            ["in_progress"] = running,
            ["pending"] = pending,
            ["completed"] = completed,
            ["failed"] = failed,
            ["cancelled"] = 0,
            ["total"] = pending + failed + completed,
        };
        return WireAnswer.Product("Scheduler status summary retrieved successfully", new JsonObject { ["scheduler_summary"] = Counts(), ["all_tasks_summary"] = Counts() });
    }

    /// <summary>The jobs of a user's cube by kind.</summary>
    public static async Task<WireAnswer> QueueAsync(CallerVaults host, TimeProvider clock, CancellationToken cancellationToken, string? user_id = null)
    {
        VaultId cube = new(Named("user_id", user_id));
        await using VaultLease lease = await host.OpenAsync(cube, cancellationToken: cancellationToken);
        VaultJob[] jobs = [.. AllJobs(lease.Vault).Where(job => !job.IsDead)];
        if (jobs.Length == 0)
        {
            throw new MemOSException("task_not_found", "Nothing waits for this user.");
        }

        DateTimeOffset now = clock.GetUtcNow();
        VaultJob[] due = [.. jobs.Where(job => job.DueAt <= now)];
        VaultJob[] later = [.. jobs.Where(job => job.DueAt > now)];
        return WireAnswer.Product("Scheduler task queue status retrieved successfully", new JsonObject
        {
            ["user_id"] = cube.Value,
            ["user_name"] = cube.Value,
            ["mem_cube_id"] = cube.Value,
            ["stream_keys"] = WireAnswer.List(jobs.Select(job => job.Kind).Distinct().Order()),
            ["users_count"] = 1,
            ["pending_tasks_count"] = due.Length,
            ["remaining_tasks_count"] = later.Length,
            ["pending_tasks_detail"] = Details(due),
            ["remaining_tasks_detail"] = Details(later),
        });
    }

    /// <summary>A parameter of the address that must be there.</summary>
    /// <exception cref="BodyFaultException">It is not.</exception>
    public static string Named(string name, string? value) => value is { Length: > 0 } ? value : throw BodyFaultException.Missing(name);

    private static VaultJob[] AllJobs(MemoryVault vault) => vault.Read(reader =>
    {
        List<VaultJob> jobs = [];
        while (reader.ReadJobs(jobs.Count == 0 ? 0 : jobs[^1].Number, MostJobs) is { Count: > 0 } more)
        {
            jobs.AddRange(more);
        }

        return jobs.ToArray();
    });

    private static JsonObject Entry(string id, TaskState state)
    {
        JsonObject entry = new() { ["task_id"] = id, ["status"] = state.Status };
        if (state.Failures.Count > 0)
        {
            entry["failures"] = state.FailureList();
        }

        return entry;
    }

    private static string JobName(VaultJob job) => string.Create(CultureInfo.InvariantCulture, $"{job.Kind}-{job.Number}");

    private static JsonArray Details(IEnumerable<VaultJob> jobs) =>
        WireAnswer.List(jobs.GroupBy(job => job.Kind).OrderBy(kind => kind.Key, StringComparer.Ordinal).Select(kind => string.Create(CultureInfo.InvariantCulture, $"{kind.Key}:{kind.Count()}")));
}
