using System.Collections.Concurrent;
using System.Globalization;
using MemOS.Cubes;
using MemOS.Governance;
using MemOS.Vaults;

namespace MemOS.Scheduler;

/// <summary>Counts the uses of cubes off the path of the answer and writes them in batches.</summary>
/// <remarks>Thread-safe. Uses that were counted but not yet written are lost with the process; they are hints, not memory.</remarks>
internal sealed class UsageCounter(TimeProvider clock)
{
    private const int Many = 1024;

    private readonly ConcurrentDictionary<(CubeId Cube, string Caller), (int Uses, DateTimeOffset Last, TimeSpan HalfLife)> _uses = new();
    private int _waiting;

    /// <summary>Whether so many uses wait that they should be written.</summary>
    public bool IsFull => Volatile.Read(ref _waiting) >= Many;

    public void Count(MemCube cube, Caller caller)
    {
        (int, DateTimeOffset, TimeSpan) first = (1, clock.GetUtcNow(), cube.Governance.Lifespan.HalfLife ?? CubeUsage.DefaultHalfLife);
        Interlocked.Increment(ref _waiting);
        _uses.AddOrUpdate((cube.Id, caller.Name), first, (_, known) => (known.Uses + 1, first.Item2, first.Item3));
    }

    /// <summary>Writes everything counted so far, with a line in the access log for each cube and caller.</summary>
    public Task FlushAsync(VaultWriter writer, CancellationToken cancellationToken) => Volatile.Read(ref _waiting) == 0 ? Task.CompletedTask : writer.WriteAsync(
        Caller.Owner,
        plan =>
        {
            Drain(plan);
            return 0;
        },
        cancellationToken);

    private void Drain(WritePlan plan)
    {
        Volatile.Write(ref _waiting, 0);
        foreach ((CubeId Cube, string Caller) key in _uses.Keys)
        {
            // A cube may have been forgotten since it was read.
            if (_uses.TryRemove(key, out (int Uses, DateTimeOffset Last, TimeSpan HalfLife) use) && plan.Reader.Find(key.Cube) is { } cube)
            {
                plan.Change.Usage.Add(new UsageDelta(key.Cube, use.Uses, use.Last, use.HalfLife));
                plan.Change.Audit.Add(new AuditEntry(
                    0, default, key.Caller, AuditOperations.Recall, key.Cube, cube.Version, use.Uses == 1 ? null : string.Create(CultureInfo.InvariantCulture, $"{use.Uses} uses")));
            }
        }
    }
}
