using MemOS.Cubes;
using MemOS.Scheduler;
using MemOS.Scheduler.Transitions;
using MemOS.Transformations;
using Xunit;

namespace MemOS.Core.Tests.Scheduler;

/// <summary>In which form recalled memories reach a model.</summary>
public sealed class InjectionPlannerTests
{
    [Fact]
    public void A_state_takes_the_place_of_its_texts_and_the_rest_is_read()
    {
        MemCube[] found = [Cube(1, "one"), Cube(2, "two"), Cube(3, "three")];
        InjectionPlan plan = InjectionPlanner.Plan(new TransitionPolicy(), found, [10, 10, 10], [State(9, [found[2], found[1]], 20)]);
        Assert.Equal([3, 2, 1], plan.Parts.Select(part => Number(part.Cube.Id)));
        Assert.Equal([PayloadKind.Activation, PayloadKind.Activation, PayloadKind.Plaintext], plan.Parts.Select(part => part.Kind));
        Assert.Equal([9, 9, 0], plan.Parts.Select(part => part.State is { } state ? Number(state) : 0));
        Assert.Contains("one", plan.PromptText(), StringComparison.Ordinal);
        Assert.DoesNotContain("two", plan.PromptText(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_largest_state_goes_first_others_only_where_the_policy_says_so_and_figures_are_read_beside_them()
    {
        MemCube[] found = [Cube(1, "He was born in 1970."), Cube(2, "two"), Cube(3, "She was born in 1980.")];
        MountCheck[] states = [State(7, [found[0]], 30), State(8, [found[1]], 20), State(9, [found[2]], 10)];
        Assert.Equal([1, 2, 3], Numbers(InjectionPlanner.Plan(new TransitionPolicy(), found, [30, 20, 10], states)));
        InjectionPlan plan = InjectionPlanner.Plan(new TransitionPolicy { MostStates = 3 }, found, [30, 20, 10], states);
        Assert.Equal([(7, false), (8, false), (9, true)], plan.Parts.Select(part => (Number(part.State ?? default), part.WithText)));
        Assert.Contains("1980", plan.PromptText(), StringComparison.Ordinal);
        Assert.DoesNotContain("1970", plan.PromptText(), StringComparison.Ordinal); // a beginning is exact
    }

    [Fact]
    public void Tokens_of_the_context_never_exceed_their_budget_and_the_best_that_fits_is_taken()
    {
        Random random = new(5);
        for (int trial = 0; trial < 500; trial++)
        {
            MemCube[] found = [.. Enumerable.Range(1, random.Next(1, 12)).Select(number => Cube(number, random.Next(2) == 0 ? "text" : "in 1999"))];
            int[] tokens = [.. found.Select(_ => random.Next(1, 60))];
            MountCheck[] states = [.. found.Chunk(2).Where(_ => random.Next(2) == 0).Select((sources, index) => State(50 + index, sources, sources.Sum(source => tokens[Array.IndexOf(found, source)])))];
            TransitionPolicy policy = new() { ContextTokens = random.Next(0, 200), MostStates = random.Next(0, 4) };
            InjectionPlan plan = InjectionPlanner.Plan(policy, found, tokens, states);
            int used = plan.Parts.Sum(part => tokens[Array.IndexOf(found, part.Cube)] * ((part.State is null ? 0 : 1) + (part.IsText ? 1 : 0)));
            Assert.InRange(used, 0, policy.ContextTokens);
            Assert.True(plan.Parts.Select(part => part.State).OfType<CubeId>().Distinct().Count() <= policy.MostStates);
            Assert.Equal(plan.Parts.Length, plan.Parts.Select(part => part.Cube.Id).Distinct().Count());
            if (found.Zip(tokens).Where(pair => plan.Parts.All(part => part.Cube != pair.First)).ToArray() is { Length: > 0 } left)
            {
                Assert.All(left, pair => Assert.True(used + pair.Second > policy.ContextTokens));
            }
        }
    }

    private static int[] Numbers(InjectionPlan plan) => [.. plan.Parts.Select(part => Number(part.Cube.Id))];

    private static int Number(CubeId id) => int.Parse(id.ToString()[^3..], System.Globalization.CultureInfo.InvariantCulture);

    private static CubeId Id(int number) => new(Guid.Parse($"01900000-0000-7000-8000-{number:000000000000}"));

    private static MemCube Cube(int number, string text) => new()
    {
        Id = Id(number),
        Version = 1,
        State = CubeState.Generated,
        Payload = new PlaintextPayload(text),
        Descriptive = new DescriptiveHeader { CreatedAt = default, Origin = OriginSignature.UserInput, Type = SemanticType.Fact },
    };

    private static MountCheck State(int number, MemCube[] sources, int tokens) =>
        new(MountObstacle.None, Cube(number, "") with { Payload = new StoredPayload(PayloadKind.Activation, ContentHash.Of([1]), 1, "x") }, new KVStateFormat(new StateBinding("m", "l", "c", "h"), 5, 5 + tokens), [.. sources]);
}
