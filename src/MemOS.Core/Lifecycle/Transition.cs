using MemOS.Cubes;
using MemOS.Governance;
using MemOS.Vaults;

namespace MemOS.Lifecycle;

/// <summary>Plans changes of a cube's life-cycle state.</summary>
internal static class Transition
{
    public static MemCube Plan(WritePlan plan, CubeId id, CubeState target, int? expectedVersion)
    {
        MemCube current = plan.Require(id);
        WritePlan.RequireVersion(current, expectedVersion);
        LifecycleRules.RequireTransition(current, target);
        if (current.State is CubeState.Frozen && !plan.Caller.IsOwner)
        {
            throw new MemOSException(ErrorCodes.Forbidden, $"Only the owner of the vault may thaw cube {id}.");
        }

        MemCube changed = plan.Follow(current, current with { State = target });
        plan.Audit(AuditOperations.Transition, changed, $"{current.State} to {target}");
        return changed;
    }

    /// <summary>Archives a cube that somebody said is wrong. One that is kept as it is stays so: only who names the state thaws it.</summary>
    public static MemCube Reject(WritePlan plan, CubeId id, int? expectedVersion)
    {
        LifecycleRules.RequireWritable(plan.Require(id), "be rejected");
        return Plan(plan, id, CubeState.Archived, expectedVersion);
    }

    /// <summary>Expires every cube whose time is over. Frozen cubes stay.</summary>
    /// <returns>How many.</returns>
    public static int ExpireDue(WritePlan plan)
    {
        int expired = 0;
        foreach (MemCube cube in plan.Reader.ReadCurrent())
        {
            if (cube.Governance.Lifespan.ExpiresAt <= plan.Now && cube.State is not (CubeState.Frozen or CubeState.Expired))
            {
                plan.Audit(AuditOperations.Transition, plan.Follow(cube, cube with { State = CubeState.Expired }), $"{cube.State} to Expired: its time is over");
                expired++;
            }
        }

        return expired;
    }
}
