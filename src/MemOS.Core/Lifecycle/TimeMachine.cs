using MemOS.Cubes;
using MemOS.Governance;
using MemOS.Vaults;

namespace MemOS.Lifecycle;

/// <summary>Plans rollbacks, of one cube or of the whole vault. A rollback is one more version: nothing is lost by it (checklist 31).</summary>
internal static class TimeMachine
{
    public static MemCube Rollback(WritePlan plan, CubeId id, int version, int? expectedVersion)
    {
        MemCube current = plan.Require(id);
        WritePlan.RequireVersion(current, expectedVersion);
        MemCube target = plan.Reader.FindVersion(id, version)
            ?? throw new MemOSException(ErrorCodes.CubeNotFound, $"Cube {id} has no version {version}; it has versions 1 to {current.Version}.");
        if (version == current.Version)
        {
            throw new MemOSException(ErrorCodes.InvalidInput, $"Cube {id} is at version {version} already.");
        }

        RequireRestorable(current);
        return Restore(plan, current, target);
    }

    public static int RollbackVault(WritePlan plan, DateTimeOffset asOf)
    {
        if (!plan.Caller.IsOwner)
        {
            throw new MemOSException(ErrorCodes.Forbidden, "Only the owner of a vault may roll it back.");
        }

        int changed = 0;
        foreach (MemCube current in plan.Reader.ReadCurrent().ToArray())
        {
            MemCube? target = plan.Reader.FindAsOf(current.Id, asOf);
            if (target?.Sequence == current.Sequence || (target is null && current.State is CubeState.Archived or CubeState.Expired))
            {
                continue;
            }

            RequireRestorable(current);
            if (target is null)
            {
                plan.Follow(current, current with { State = CubeState.Archived });
            }
            else
            {
                Restore(plan, current, target);
            }

            changed++;
        }

        plan.Audit(AuditOperations.Rollback, detail: $"vault to {asOf:O}, {changed} cubes");
        return changed;
    }

    private static MemCube Restore(WritePlan plan, MemCube current, MemCube target)
    {
        MemCube restored = plan.Follow(current, target with { Lineage = target.Lineage.Add(new Derivation(DerivationKind.RollbackOf, target.Id, target.Version)) });
        plan.Audit(AuditOperations.Rollback, restored, $"to version {target.Version}");
        return restored;
    }

    // Archived cubes may come back this way; what is frozen or expired may not.
    private static void RequireRestorable(MemCube current)
    {
        if (current.State is CubeState.Frozen or CubeState.Expired)
        {
            LifecycleRules.RequireWritable(current, "be rolled back");
        }
    }
}
