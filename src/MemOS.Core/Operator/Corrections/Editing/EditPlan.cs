using System.Collections.Immutable;
using MemOS.Cubes;
using MemOS.Governance;
using MemOS.Lifecycle;
using MemOS.Vaults;

namespace MemOS.Operator.Corrections.Editing;

/// <summary>What a model proposes to do about a feedback, checked: each memory at most once, and only memories that it was shown.</summary>
/// <param name="Edits">The changes.</param>
/// <param name="AlsoNew">Whether the words also say something that no change holds, so that they stay a memory of their own.</param>
internal sealed record EditPlan(ImmutableArray<MemoryEdit> Edits, bool AlsoNew)
{
    /// <summary>Plans the changes as one write: each memory gets a version that also names the feedback as its source.</summary>
    /// <exception cref="MemOSException">A memory changed since it was shown, is frozen, or may not be changed by the caller.</exception>
    public List<(MemCube Before, MemCube After)> Apply(WritePlan plan, IReadOnlyList<MemCube> shown, IReadOnlyList<MemCube> own, MessageSource source)
    {
        List<(MemCube, MemCube)> changed = [];
        foreach (MemoryEdit edit in Edits)
        {
            MemCube current = plan.Require(shown[edit.Memory].Id);
            WritePlan.RequireVersion(current, shown[edit.Memory].Version);
            LifecycleRules.RequireWritable(current, "be corrected");
            MemCube next = edit.Kind switch
            {
                EditKind.Forget => current with { State = CubeState.Archived },
                EditKind.Replace => current with { Payload = new PlaintextPayload(edit.Text) },
                _ => current with { Payload = new PlaintextPayload($"{current.Text}\n{edit.Text}") },
            };
            MemCube written = plan.Follow(current, next with { Sources = next.Sources.Contains(source) ? next.Sources : next.Sources.Add(source) });
            plan.Audit(AuditOperations.Update, written, $"feedback by a model: {edit.Kind}");
            changed.Add((current, written));
        }

        if (!AlsoNew)
        {
            FeedbackPlan.PutAway(plan, own);
        }

        return changed;
    }
}
