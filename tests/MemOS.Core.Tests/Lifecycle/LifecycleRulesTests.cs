using MemOS.Core.Tests.Cubes;
using MemOS.Cubes;
using MemOS.Lifecycle;

namespace MemOS.Core.Tests.Lifecycle;

public sealed class LifecycleRulesTests
{
    // Written out by hand, apart from the rules themselves: G A M R F E, R for archived.
    private static readonly Dictionary<CubeState, string> Legal = new()
    {
        [CubeState.Generated] = "AMRFE",
        [CubeState.Activated] = "MRFE",
        [CubeState.Merged] = "ARFE",
        [CubeState.Archived] = "AFE",
        [CubeState.Frozen] = "R",
        [CubeState.Expired] = "",
    };

    public static TheoryData<CubeState, CubeState> AllPairs
    {
        get
        {
            TheoryData<CubeState, CubeState> pairs = [];
            foreach (CubeState from in Enum.GetValues<CubeState>())
            {
                foreach (CubeState to in Enum.GetValues<CubeState>())
                {
                    pairs.Add(from, to);
                }
            }

            return pairs;
        }
    }

    [Theory]
    [MemberData(nameof(AllPairs))]
    public void Each_transition_is_legal_or_refused_with_a_reason(CubeState from, CubeState to)
    {
        MemCube cube = Samples.Cube(state: from);
        char letter = to is CubeState.Archived ? 'R' : to.ToString()[0];
        if (Legal[from].Contains(letter, StringComparison.Ordinal))
        {
            LifecycleRules.RequireTransition(cube, to);
            return;
        }

        MemOSException refused = Assert.Throws<MemOSException>(() => LifecycleRules.RequireTransition(cube, to));
        Assert.Equal(ErrorCodes.IllegalTransition, refused.Code);
        Assert.Contains(from.ToString(), refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(CubeState.Generated, true)]
    [InlineData(CubeState.Activated, true)]
    [InlineData(CubeState.Merged, true)]
    [InlineData(CubeState.Archived, false)]
    [InlineData(CubeState.Frozen, false)]
    [InlineData(CubeState.Expired, false)]
    public void Content_may_change_only_in_the_living_states(CubeState state, bool writable)
    {
        MemCube cube = Samples.Cube(state: state);
        Exception? refused = Record.Exception(() => LifecycleRules.RequireWritable(cube, "be updated"));
        Assert.Equal(writable, refused is null);
        Assert.True(refused is null or MemOSException { Code: ErrorCodes.IllegalTransition });
    }

    [Fact]
    public void A_generated_cube_that_was_used_shows_as_activated()
    {
        Assert.Equal(CubeState.Generated, LifecycleRules.Effective(Samples.Cube(), CubeUsage.None));
        Assert.Equal(CubeState.Activated, LifecycleRules.Effective(Samples.Cube(), new CubeUsage(1, Samples.Noon, 1)));
        Assert.Equal(CubeState.Frozen, LifecycleRules.Effective(Samples.Cube(state: CubeState.Frozen), new CubeUsage(1, Samples.Noon, 1)));
    }
}
