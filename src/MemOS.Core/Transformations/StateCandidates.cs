using MemOS.Cubes;
using MemOS.Governance;
using MemOS.Scheduler.Transitions;
using MemOS.Vaults;

namespace MemOS.Transformations;

/// <summary>Reads what the scheduler decides about out of one view of a vault.</summary>
internal static class StateCandidates
{
    public static IReadOnlyList<(TransitionCandidate Candidate, MemCube? Cube)> Read(IVaultReader reader, StateBinding binding, double leastHeat, DateTimeOffset now)
    {
        List<(TransitionCandidate, MemCube?)> found = [];
        HashSet<CubeId> held = [];
        foreach (MemCube state in reader.ReadStored(PayloadKind.Activation).Where(KVStates.IsState).ToArray())
        {
            (TransitionCandidate candidate, MemCube[] sources) = OfState(reader, state, binding, now);
            if (candidate.State is { IsMountable: true, IsTrained: false } && sources.Length == 1)
            {
                held.Add(sources[0].Id);
            }

            found.Add((candidate, sources.FirstOrDefault()));
        }

        foreach ((CubeId id, CubeUsage usage) in reader.ReadUsage().Where(used => used.Usage.Heat >= leastHeat).ToArray())
        {
            if (!held.Contains(id) && reader.Find(id) is { Text: not null } cube && usage.HeatAt(now, cube.Governance.Lifespan.HalfLife) is var heat && heat >= leastHeat &&
                MountCheck.ObstacleOf(cube, Caller.Owner, now) is MountObstacle.None)
            {
                found.Add((Of(cube) with { Heat = heat, LastUsed = usage.LastUsed, StableSince = SourceReading.Since(reader, cube) }, cube));
            }
        }

        return found;
    }

    // As hot as its hottest source, and used when one of them was, or it itself was mounted.
    public static (TransitionCandidate Candidate, MemCube[] Sources) OfState(IVaultReader reader, MemCube state, StateBinding binding, DateTimeOffset now)
    {
        MountCheck check = MountCheck.Of(reader, state.Id, binding, Caller.Owner, now);
        MemCube[] sources = [.. state.Lineage.Where(edge => edge.Kind is DerivationKind.TransformedFrom).Select(edge => reader.Find(edge.Cube)).OfType<MemCube>()];
        CubeUsage[] uses = [.. sources.Append(state).Select(cube => reader.Usage(cube.Id))];
        return (Of(sources.FirstOrDefault() ?? state) with
        {
            State = new HeldState(state.Id, ((StoredPayload)state.Payload).Length, state.Descriptive.CreatedAt, check.IsMountable)
            {
                IsTrained = KVStateFormat.TryParse(((StoredPayload)state.Payload).Format)?.StandsFor is not null,
                IsOfAnotherModel = check.Obstacle is MountObstacle.OtherModel,
            },
            Heat = sources.Append(state).Zip(uses, (cube, usage) => usage.HeatAt(now, cube.Governance.Lifespan.HalfLife)).Max(),
            LastUsed = uses.Max(usage => usage.LastUsed),
            Priority = sources.Length == 0 ? 0 : sources.Max(source => source.Governance.Priority),
            Labels = [.. sources.SelectMany(source => source.Descriptive.Tags).Distinct()],
        }, sources);
    }

    private static TransitionCandidate Of(MemCube cube) => new()
    {
        Cube = cube.Id,
        Heat = 0,
        StableSince = cube.TxFrom,
        Tokens = 0,
        Bytes = 0,
        Priority = cube.Governance.Priority,
        Labels = cube.Descriptive.Tags,
    };
}
