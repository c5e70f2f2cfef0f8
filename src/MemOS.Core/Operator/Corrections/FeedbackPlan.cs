using MemOS.Cubes;
using MemOS.Governance;
using MemOS.Lifecycle;
using MemOS.Reader.Instructions;
using MemOS.Vaults;

namespace MemOS.Operator.Corrections;

/// <summary>Plans the change of the memories that an instruction means, as one write: each gets a version that also names the instruction as its source.</summary>
internal static class FeedbackPlan
{
    /// <summary>Changes the targets and puts the instruction's own turn away: what it says stands in them now.</summary>
    /// <exception cref="MemOSException">A target changed meanwhile, is frozen, or may not be changed by the caller.</exception>
    public static List<(MemCube Before, MemCube After)> Apply(
        WritePlan plan, MemoryCall call, IReadOnlyList<MemCube> targets, IReadOnlyList<MemCube> own, MessageSource source, DateTimeOffset said)
    {
        List<(MemCube, MemCube)> changed = [];
        foreach (MemCube target in targets)
        {
            MemCube current = plan.Require(target.Id);
            WritePlan.RequireVersion(current, target.Version);
            LifecycleRules.RequireWritable(current, "be corrected");
            if (Corrected(current, call, said) is { } next)
            {
                MemCube written = plan.Follow(current, next with { Sources = next.Sources.Contains(source) ? next.Sources : next.Sources.Add(source) });
                plan.Audit(AuditOperations.Update, written, $"feedback: {call.Intent}");
                changed.Add((current, written));
            }
        }

        if (call.Intent is not MemoryIntent.Supplement)
        {
            PutAway(plan, own);
        }

        return changed;
    }

    /// <summary>Puts the turn of an instruction that was carried out, and what was read out of it, into the archive.</summary>
    public static void PutAway(WritePlan plan, IReadOnlyList<MemCube> own)
    {
        foreach (MemCube turn in own.Select(cube => plan.Reader.Find(cube.Id)).OfType<MemCube>().Where(DerivedCubes.IsOpen))
        {
            plan.Audit(AuditOperations.Transition, plan.Follow(turn, turn with { State = CubeState.Archived }), "an instruction that was carried out");
        }
    }

    private static MemCube? Corrected(MemCube current, MemoryCall call, DateTimeOffset said) => call.Intent switch
    {
        MemoryIntent.Forget => current with { State = CubeState.Archived },
        MemoryIntent.Replace => call.New is { } value ? ValueSlot.Find(current, call.Old, value, said)?.Put(current, value, said) : null,
        MemoryIntent.Correct => current with { Payload = new PlaintextPayload(call.New ?? current.Text ?? "") },
        _ => current with { Payload = new PlaintextPayload($"{current.Text}\n{call.New}") },
    };
}
