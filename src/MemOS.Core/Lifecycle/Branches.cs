using MemOS.Cubes;
using MemOS.Governance;
using MemOS.Vaults;

namespace MemOS.Lifecycle;

/// <summary>Plans what-if branches: opened at a moment of the main line, written to without touching it, then merged back or discarded (checklist 32).</summary>
internal static class Branches
{
    public static void Open(WritePlan plan, BranchName name)
    {
        if (name.IsMain || plan.Reader.ReadBranches().Any(branch => branch.Name == name))
        {
            throw new MemOSException(ErrorCodes.InvalidInput, $"There is a branch {name} already; choose another name.");
        }

        plan.Change.NewBranches.Add(name);
        plan.Audit(AuditOperations.Branch, detail: $"opened {name}");
    }

    public static int MergeBack(WritePlan plan, BranchName name)
    {
        Find(plan, name);
        int merged = 0;
        foreach (MemCube changed in plan.Reader.ReadBranch(name).ToArray())
        {
            MemCube main = plan.Require(changed.Id);
            LifecycleRules.RequireWritable(main, "take over the branch's version");
            int seen = plan.Reader.History(changed.Id, name)[0].Version - 1;
            BranchJoin join = new(plan.Reader.FindVersion(changed.Id, seen) ?? throw WritePlan.NotFound(changed.Id), changed, main);
            if (join.Conflicts() is { IsEmpty: false } fields)
            {
                string both = string.Join(", ", fields);
                throw new MemOSException(
                    ErrorCodes.MergeConflict,
                    $"Cube {changed.Id} changed on {name} and, since it was opened, on the main line too, differently: {both}. Make that the same on both, then merge, or discard the branch.");
            }

            plan.Follow(main, join.Join() with { Lineage = main.Lineage.Add(new Derivation(DerivationKind.BranchedFrom, changed.Id, changed.Version, name.Value)) });
            merged++;
        }

        plan.Change.ClosedBranches.Add(name);
        plan.Audit(AuditOperations.Branch, detail: $"merged {name}, {merged} cubes");
        return merged;
    }

    public static void Discard(WritePlan plan, BranchName name)
    {
        Find(plan, name);
        plan.Change.ClosedBranches.Add(name);
        plan.Audit(AuditOperations.Branch, detail: $"discarded {name}");
    }

    public static Branch Find(WritePlan plan, BranchName name) => plan.Reader.ReadBranches().FirstOrDefault(branch => branch.Name == name)
        ?? throw new MemOSException(ErrorCodes.BranchNotFound, $"There is no open branch {name}.");
}
