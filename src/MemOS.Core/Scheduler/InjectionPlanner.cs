using System.Collections.Immutable;
using MemOS.Cubes;
using MemOS.Scheduler.Transitions;
using MemOS.Transformations;

namespace MemOS.Scheduler;

/// <summary>Decides in which form recalled memories reach a model: text, KV state or both (checklist 22, 24). A function of its arguments alone.</summary>
public static class InjectionPlanner
{
    /// <summary>Plans.</summary>
    /// <param name="policy">The budget of tokens and the most states.</param>
    /// <param name="found">What recall found, best first, as the caller may see it.</param>
    /// <param name="tokens">The tokens of each as text.</param>
    /// <param name="states">States that the caller may mount and whose sources are among what was found.</param>
    /// <returns>
    /// States first, since only a beginning can be one exactly, then texts in the order of recall. What does not fit into the budget is left out, the best being
    /// taken first.
    /// </returns>
    public static InjectionPlan Plan(TransitionPolicy policy, IReadOnlyList<MemCube> found, IReadOnlyList<int> tokens, IReadOnlyList<MountCheck> states)
    {
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(found);
        ArgumentNullException.ThrowIfNull(tokens);
        ArgumentNullException.ThrowIfNull(states);
        ImmutableArray<InjectionPart>.Builder parts = ImmutableArray.CreateBuilder<InjectionPart>();
        Dictionary<CubeId, int> texts = found.Zip(tokens).ToDictionary(pair => pair.First.Id, pair => pair.Second);
        HashSet<CubeId> covered = [];
        int left = policy.ContextTokens, mounted = 0;

        // The one that spares most goes first, and is exact there, unless it was trained.
        foreach (MountCheck state in states.Where(state => state.IsMountable).OrderByDescending(Spared).ThenBy(state => state.State?.Id))
        {
            if (mounted >= policy.MostStates || Spared(state) > left || state.Sources.Any(source => covered.Contains(source.Id) || !texts.ContainsKey(source.Id)))
            {
                continue;
            }

            left -= Spared(state);
            foreach (MemCube source in state.Sources)
            {
                covered.Add(source.Id);
                bool both = (mounted > 0 || state.Format?.StandsFor is not null) && HasFigures(source) && texts[source.Id] <= left;
                left -= both ? texts[source.Id] : 0;
                parts.Add(new InjectionPart(source, PayloadKind.Activation, state.State?.Id, both));
            }

            mounted++;
        }

        foreach (MemCube cube in found.Where(cube => cube.Text is not null && !covered.Contains(cube.Id)))
        {
            if (texts[cube.Id] <= left)
            {
                left -= texts[cube.Id];
                parts.Add(new InjectionPart(cube, PayloadKind.Plaintext));
            }
        }

        return new InjectionPlan(parts.ToImmutable(), 0);
    }

    /// <summary>Whether the text of a cube holds figures, of which a state that is not exact is not sure.</summary>
    public static bool HasFigures(MemCube cube)
    {
        ArgumentNullException.ThrowIfNull(cube);
        return cube.Text is { } text && text.AsSpan().IndexOfAnyInRange('0', '9') >= 0;
    }

    private static int Spared(MountCheck state) => state.Format is { } format ? format.Tokens - format.HeadTokens : 0;
}
