using MemOS.Scheduler;
using MemOS.Server.Auth;
using MemOS.Vaults;

namespace MemOS.Server.Compat.Tasks;

/// <summary>
/// Tells how far tasks are. Nothing is kept about a task: its id says which messages it is about, and the vault's jobs say what is still to be done about them. An id that a
/// client chose stands in the metadata of its messages; where that leads is remembered for the next question.
/// </summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class WireTasks(TimeProvider clock)
{
    private const int Most = 50_000;
    private readonly Lock _gate = new();
    private readonly Dictionary<(string Caller, string User, string Chosen), string> _chosen = [];
    private readonly Queue<(string Caller, string User, string Chosen)> _order = [];

    /// <summary>Remembers where an id leads that a client chose.</summary>
    public void Note(CallerVaults vaults, string user, string chosen, string id)
    {
        lock (_gate)
        {
            (string, string, string) key = (vaults.Caller.Name, user, chosen);
            _chosen[key] = id;
            _order.Enqueue(key);
            if (_order.Count > Most)
            {
                _chosen.Remove(_order.Dequeue());
            }
        }
    }

    /// <summary>The state of a task.</summary>
    /// <param name="id">Its id, ours or the client's.</param>
    /// <param name="user">The user who began it, needed for ids of clients; null for none.</param>
    /// <param name="vaults">What the caller's key opens.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="MemOSException">There is no such task for this caller.</exception>
    public async Task<TaskState> ReadAsync(string id, string? user, CallerVaults vaults, CancellationToken cancellationToken)
    {
        IReadOnlyList<MessageRun> runs = TaskIds.Find(id, vaults)
            ?? (user is null ? null : TaskIds.Find(Known(vaults, user, id), vaults) ?? await SearchAsync(id, user, vaults, cancellationToken))
            ?? throw NoTask();
        List<VaultJob> jobs = [];
        List<(VaultId, VaultJob)> failures = [];
        foreach (MessageRun run in runs)
        {
            await using VaultLease lease = await ProductCubes.FindAsync(vaults, run.Vault, cancellationToken) ?? throw NoTask();
            _ = run.Last <= lease.Vault.Read(reader => reader.LastMessageNumber) ? 0 : throw NoTask();
            IReadOnlyList<VaultJob> about = lease.Vault.JobsFor(run.First, run.Last);
            jobs.AddRange(about);
            failures.AddRange(about.Where(job => job.IsDead).Select(job => (run.Vault, job)));
        }

        return new TaskState(TaskState.StatusOf(jobs, clock.GetUtcNow()), failures, runs);
    }

    /// <summary>The error for a task that there is not.</summary>
    public static MemOSException NoTask() => new("task_not_found", "There is no such task for this user. Ask with the task_id that the add or feedback answered, or was sent with.");

    private string Known(CallerVaults vaults, string user, string chosen)
    {
        lock (_gate)
        {
            return _chosen.GetValueOrDefault((vaults.Caller.Name, user, chosen), "");
        }
    }

    // After a restart, or for one of long ago.
    private async Task<IReadOnlyList<MessageRun>?> SearchAsync(string chosen, string user, CallerVaults vaults, CancellationToken cancellationToken)
    {
        if (!VaultId.TryParse(user, out VaultId vault))
        {
            return null;
        }

        await using VaultLease? lease = await ProductCubes.FindAsync(vaults, vault, cancellationToken);
        AddedMessage[] found = lease?.Vault.Read(reader => reader.ReadMessages()
            .Where(message => message.Info?.GetValueOrDefault(ProductInfo.Task) == chosen)
            .Select(message => new AddedMessage(message.Id, message.Conversation, message.Number, true, [])).ToArray()) ?? [];
        MessageRun[] runs = [.. MessageRun.Of(vault, found)];
        if (runs.Length == 0)
        {
            return null;
        }

        Note(vaults, user, chosen, TaskIds.Of(runs));
        return runs;
    }
}
