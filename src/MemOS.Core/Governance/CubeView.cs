using System.Collections.Immutable;
using MemOS.Cubes;

namespace MemOS.Governance;

/// <summary>A cube as one caller may see it: two roles reading one cube get different projections.</summary>
public static class CubeView
{
    /// <summary>What stands in place of a text that the caller may not see.</summary>
    public const string Withheld = "[withheld]";

    /// <summary>Projects a cube for a caller.</summary>
    /// <returns>The cube, without the fields that the caller may not see; null when it may not see the cube at all.</returns>
    public static MemCube? Project(MemCube cube, Caller caller)
    {
        ArgumentNullException.ThrowIfNull(cube);
        ArgumentNullException.ThrowIfNull(caller);
        if (!CallerRights.MayRead(caller, cube.Governance))
        {
            return null;
        }

        if (caller.IsOwner || cube.Governance.Restricted is not { } restricted)
        {
            return cube;
        }

        foreach ((string field, ImmutableSortedSet<string> allowed) in restricted)
        {
            if (!CallerRights.Named(caller, allowed))
            {
                cube = Hide(cube, field);
            }
        }

        // The rules themselves tell what is hidden, so they are hidden too.
        return cube with { Governance = cube.Governance with { Restricted = null } };
    }

    /// <summary>
    /// Projects any version of a cube by the rules that hold now: a right that was taken away is gone for the old versions too, and one that was given holds for them.
    /// </summary>
    /// <param name="version">The version.</param>
    /// <param name="present">The governance of the cube's current version.</param>
    /// <param name="caller">Who asks.</param>
    public static MemCube? ProjectVersion(MemCube version, GovernanceHeader present, Caller caller)
    {
        ArgumentNullException.ThrowIfNull(version);
        ArgumentNullException.ThrowIfNull(caller);
        return caller.IsOwner ? version
            : Project(version with { Governance = present }, caller) is { } seen ? seen with { Governance = version.Governance with { Restricted = null } }
            : null;
    }

    /// <summary>Whether the text of a cube with this header is hidden from the caller.</summary>
    public static bool HidesText(GovernanceHeader governance, Caller caller)
    {
        ArgumentNullException.ThrowIfNull(governance);
        ArgumentNullException.ThrowIfNull(caller);
        return !caller.IsOwner && governance.Restricted is { } restricted && restricted.TryGetValue("text", out ImmutableSortedSet<string>? allowed) &&
            !CallerRights.Named(caller, allowed);
    }

    private static MemCube Hide(MemCube cube, string field) => field switch
    {
        "text" => cube.Payload is PlaintextPayload ? cube with { Payload = new PlaintextPayload(Withheld) } : cube,
        "speaker" => cube with { Descriptive = cube.Descriptive with { Speaker = null } },
        "entities" => cube with { Descriptive = cube.Descriptive with { Entities = [] } },
        "tags" => cube with { Descriptive = cube.Descriptive with { Tags = [] } },
        "sources" => cube with { Sources = [] },
        _ when field.StartsWith("info.", StringComparison.Ordinal) && cube.Descriptive.Info is { } info =>
            cube with { Descriptive = cube.Descriptive with { Info = info.Remove(field["info.".Length..]) } },
        _ => cube,
    };
}
