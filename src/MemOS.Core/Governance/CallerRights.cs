using System.Collections.Immutable;
using MemOS.Cubes;

namespace MemOS.Governance;

/// <summary>Decides what a caller may do with a cube.</summary>
public static class CallerRights
{
    /// <summary>Whether the caller may read a cube with this header.</summary>
    public static bool MayRead(Caller caller, GovernanceHeader governance)
    {
        ArgumentNullException.ThrowIfNull(caller);
        ArgumentNullException.ThrowIfNull(governance);
        if (caller.IsOwner)
        {
            return true;
        }

        return governance.Sensitivity <= caller.Clearance &&
            (Named(caller, governance.Access.Readers) || Named(caller, governance.Access.Writers) ||
             (governance.Access.Layer is not AccessLayer.Private && governance.Access.Readers.IsEmpty));
    }

    /// <summary>Whether the caller may change a cube with this header.</summary>
    public static bool MayWrite(Caller caller, GovernanceHeader governance)
    {
        ArgumentNullException.ThrowIfNull(caller);
        ArgumentNullException.ThrowIfNull(governance);
        return caller.IsOwner || (MayRead(caller, governance) &&
            (Named(caller, governance.Access.Writers) || (governance.Access.Layer is not AccessLayer.Private && governance.Access.Writers.IsEmpty)));
    }

    /// <summary>Refuses a change that the caller has no right to. A cube that it may not even read is reported as not found.</summary>
    /// <exception cref="MemOSException"><see cref="ErrorCodes.CubeNotFound"/> or <see cref="ErrorCodes.Forbidden"/>.</exception>
    public static void RequireWrite(Caller caller, MemCube cube)
    {
        ArgumentNullException.ThrowIfNull(cube);
        if (!MayRead(caller, cube.Governance))
        {
            throw new MemOSException(ErrorCodes.CubeNotFound, $"There is no cube {cube.Id} in this vault.");
        }

        if (!MayWrite(caller, cube.Governance))
        {
            throw new MemOSException(ErrorCodes.Forbidden, $"{caller.Name} may read cube {cube.Id} but not change it.");
        }
    }

    internal static bool Named(Caller caller, ImmutableSortedSet<string> names) =>
        !names.IsEmpty && (names.Contains(caller.Name) || (caller.Roles.Count > 0 && names.Overlaps(caller.Roles)));
}
