using System.Collections.Immutable;
using MemOS.Cubes;
using MemOS.Governance;
using MemOS.Vaults;

namespace MemOS.Transformations;

/// <summary>Whether a caller may mount a KV state now. Decided anew at every mount, also for a state that is in memory already.</summary>
/// <param name="Obstacle">Why not; <see cref="MountObstacle.None"/> where it may.</param>
/// <param name="State">The activation cube, where it may.</param>
/// <param name="Format">What its bytes are.</param>
/// <param name="Sources">The cubes whose text it holds, in order.</param>
public sealed record MountCheck(MountObstacle Obstacle, MemCube? State, KVStateFormat? Format, ImmutableArray<MemCube> Sources)
{
    /// <summary>Whether it may be mounted.</summary>
    [System.Diagnostics.CodeAnalysis.MemberNotNullWhen(true, nameof(State), nameof(Format))]
    public bool IsMountable => Obstacle is MountObstacle.None;

    internal static MountCheck Of(IVaultReader reader, CubeId id, StateBinding binding, Caller caller, DateTimeOffset now)
    {
        if (reader.Find(id) is not { } state || !CallerRights.MayRead(caller, state.Governance))
        {
            return No(MountObstacle.NotFound);
        }

        if (state.Payload is not StoredPayload { Kind: PayloadKind.Activation } stored || KVStateFormat.TryParse(stored.Format) is not { } format)
        {
            return No(MountObstacle.NoState);
        }

        ImmutableArray<MemCube>.Builder sources = ImmutableArray.CreateBuilder<MemCube>();
        foreach (Derivation made in state.Lineage.Where(edge => edge.Kind is DerivationKind.TransformedFrom))
        {
            if (reader.Find(made.Cube) is not { } source || !SourceReading.IsUnchanged(reader, source, made.Version))
            {
                return No(MountObstacle.SourceChanged);
            }

            if (ObstacleOf(source, caller, now) is not MountObstacle.None and MountObstacle obstacle)
            {
                return No(obstacle);
            }

            sources.Add(source);
        }

        return IsRetired(state, now) ? No(MountObstacle.Retired)
            : format.Binding != binding ? No(MountObstacle.OtherModel)
            : new MountCheck(MountObstacle.None, state, format, sources.ToImmutable());
    }

    /// <summary>Why the whole text of a cube cannot be given to a caller.</summary>
    internal static MountObstacle ObstacleOf(MemCube source, Caller caller, DateTimeOffset now) =>
        !CallerRights.MayRead(caller, source.Governance) ? MountObstacle.NotFound
        : !caller.IsOwner && source.Governance.Restricted is not null ? MountObstacle.PartlyHidden
        : IsRetired(source, now) ? MountObstacle.Retired
        : MountObstacle.None;

    private static bool IsRetired(MemCube cube, DateTimeOffset now) => SourceReading.IsOut(cube) || cube.Governance.Lifespan.ExpiresAt <= now;

    private static MountCheck No(MountObstacle obstacle) => new(obstacle, null, null, []);
}
