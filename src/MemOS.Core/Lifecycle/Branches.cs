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
        Branch branch = Find(plan, name);
        int merged = 0;
        foreach (MemCube changed in plan.Reader.ReadBranch(name).ToArray())
        {
            MemCube? main = plan.Reader.Find(changed.Id);
            if (main is not null && main.Sequence > branch.BaseSequence && main.Payload != changed.Payload)
            {
                throw new MemOSException(
                    ErrorCodes.MergeConflict,
                    $"Cube {changed.Id} changed on {name} and, since it was opened, on the main line too. Set it on the branch to what it shall be on the main line, then merge, or discard the branch.");
            }

            Derivation from = new(DerivationKind.BranchedFrom, changed.Id, changed.Version, name.Value);
            MemCube next = changed with { Branch = BranchName.Main, Lineage = changed.Lineage.Add(from) };
            if (main is null)
            {
                plan.Create(next with { Version = 1, Sequence = 0, TxFrom = default, TxTo = null });
            }
            else
            {
                CallerRights.RequireWrite(plan.Caller, main);
                LifecycleRules.RequireWritable(main, "take over the branch's version");
                plan.Follow(main, next);
            }

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
