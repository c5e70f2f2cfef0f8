using MemOS.Cubes;

namespace MemOS.Lifecycle;

/// <summary>The finite state machine of MemLifecycle: which changes of state are legal, and which states may be written in.</summary>
/// <remarks>
/// Expired is final. Frozen can only be thawed, into the archive, and only by the owner; every other write is refused. An archived cube is restored
/// before it is changed.
/// </remarks>
public static class LifecycleRules
{
    /// <summary>The states that a cube may go to from the given one.</summary>
    public static IReadOnlyList<CubeState> Next(CubeState state) => state switch
    {
        CubeState.Generated => [CubeState.Activated, CubeState.Merged, CubeState.Archived, CubeState.Frozen, CubeState.Expired],
        CubeState.Activated => [CubeState.Merged, CubeState.Archived, CubeState.Frozen, CubeState.Expired],
        CubeState.Merged => [CubeState.Activated, CubeState.Archived, CubeState.Frozen, CubeState.Expired],
        CubeState.Archived => [CubeState.Activated, CubeState.Frozen, CubeState.Expired],
        CubeState.Frozen => [CubeState.Archived],
        CubeState.Expired => [],
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, null),
    };

    /// <summary>Refuses an illegal change of state.</summary>
    /// <exception cref="MemOSException"><see cref="ErrorCodes.IllegalTransition"/>, with the reason.</exception>
    public static void RequireTransition(MemCube cube, CubeState target)
    {
        ArgumentNullException.ThrowIfNull(cube);
        if (!Next(cube.State).Contains(target))
        {
            throw Illegal(cube, $"cannot become {target}; it may become {Names(Next(cube.State))}");
        }
    }

    /// <summary>Refuses to change the content of a cube whose state does not allow it.</summary>
    /// <exception cref="MemOSException"><see cref="ErrorCodes.IllegalTransition"/>, with the reason.</exception>
    public static void RequireWritable(MemCube cube, string operation)
    {
        ArgumentNullException.ThrowIfNull(cube);
        string? reason = cube.State switch
        {
            CubeState.Frozen => "thaw it into the archive first; its history stays readable",
            CubeState.Archived => "restore it first, by making it Activated",
            CubeState.Expired => "its life has ended",
            _ => null,
        };
        if (reason is not null)
        {
            throw Illegal(cube, $"refuses to {operation}: {reason}");
        }
    }

    /// <summary>Refuses to erase a cube under a hold.</summary>
    /// <exception cref="MemOSException"><see cref="ErrorCodes.IllegalTransition"/>, with the reason.</exception>
    public static void RequireErasable(MemCube cube)
    {
        ArgumentNullException.ThrowIfNull(cube);
        if (cube.State is CubeState.Frozen)
        {
            throw Illegal(cube, "refuses to be forgotten: thaw it into the archive first");
        }
    }

    /// <summary>The state as it shows: a cube that was written and then used is Activated.</summary>
    public static CubeState Effective(MemCube cube, CubeUsage usage)
    {
        ArgumentNullException.ThrowIfNull(cube);
        ArgumentNullException.ThrowIfNull(usage);
        return cube.State is CubeState.Generated && usage.Uses > 0 ? CubeState.Activated : cube.State;
    }

    private static MemOSException Illegal(MemCube cube, string reason) =>
        new(ErrorCodes.IllegalTransition, $"Cube {cube.Id} is {cube.State} and {reason}.");

    private static string Names(IReadOnlyList<CubeState> states) => states.Count == 0 ? "nothing else" : string.Join(", ", states);
}
