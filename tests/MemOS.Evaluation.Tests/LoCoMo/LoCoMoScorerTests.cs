using System.Collections.Immutable;
using MemOS.Cubes;
using MemOS.Evaluation.LoCoMo;
using MemOS.Operator.Recall;
using Xunit;

namespace MemOS.Evaluation.Tests.LoCoMo;

public sealed class LoCoMoScorerTests
{
    [Fact]
    public void Every_metric_is_computed_from_the_hits_sources()
    {
        // Gold at places 2 and 3. Sessions in order: 1, 2, 3; gold sessions 2 and 3. Each line has 40 characters: 10 tokens.
        RecallResult ranked = new([Hit("D1:1"), Hit("D2:1"), Hit("D3:4"), Hit("D2:2")], null, 0);
        Dictionary<string, double> scores = Score(["D2:1", "D3:4"], ranked, ranked, 25);
        Assert.Equal(0, scores["r@1"]);
        Assert.Equal(1, scores["r@5"]);
        Assert.Equal(1, scores["recall_all@5"]);
        Assert.Equal(0.5, scores["mrr"]);
        Assert.Equal((0.63093 + 0.5) / (1 + 0.63093), scores["ndcg@10"], 4);
        Assert.Equal(0.5, scores["r@25_tokens"]); // two lines fit, and the second is gold
        Assert.Equal(0, scores["session_r@1"]);
        Assert.Equal(1, scores["session_r@5"]);
    }

    [Fact]
    public void The_budget_ends_at_the_first_item_that_passes_it()
    {
        ImmutableArray<RecallHit> hits = [Hit("a"), Hit("b", 400), Hit("c")];
        Assert.Equal(["a"], LoCoMoScorer.Sources(LoCoMoScorer.Afforded(hits, 25)).SelectMany(ids => ids));
        Assert.Equal(3, LoCoMoScorer.Afforded(hits, 120).Length);
        Assert.Empty(LoCoMoScorer.Afforded(hits, 9));
    }

    private static Dictionary<string, double> Score(HashSet<string> gold, RecallResult ranked, RecallResult afforded, int budget) =>
        LoCoMoScorer.MetricNames(budget).Zip(LoCoMoScorer.Score(gold, ranked, afforded, budget)).ToDictionary(pair => pair.First, pair => pair.Second);

    private static RecallHit Hit(string id, int characters = 40) => new(
        new MemCube
        {
            Id = new CubeId(Guid.CreateVersion7(DateTimeOffset.UnixEpoch)),
            Version = 1,
            State = CubeState.Generated,
            Descriptive = new DescriptiveHeader { CreatedAt = DateTimeOffset.UnixEpoch, Origin = OriginSignature.UserInput, Type = SemanticType.Episode },
            Payload = new PlaintextPayload(new string('x', characters)),
            Sources = [new MessageSource(id, "session_1", 1, 0, characters)],
        },
        1, 1, default, []);
}
