using System.Collections.Immutable;
using MemOS.Cubes;
using MemOS.Evaluation.Datasets;
using MemOS.Evaluation.Retrieval;
using MemOS.Operator.Recall;
using MemOS.Reader;
using Xunit;

namespace MemOS.Evaluation.Tests.Retrieval;

public sealed class RetrievalScorerTests
{
    private static readonly Dictionary<string, string> Sessions = new() { ["D1:1"] = "D1", ["D2:1"] = "D2", ["D2:2"] = "D2", ["D3:4"] = "D3" };

    [Fact]
    public void Every_metric_is_computed_from_the_hits_sources()
    {
        // Gold at places 2 and 3. Sessions in order: 1, 2, 3; gold sessions 2 and 3. Each line has 40 characters: 10 tokens.
        RecallResult ranked = new([Hit("D1:1"), Hit("D2:1"), Hit("D3:4"), Hit("D2:2")], null, 0);
        Dictionary<string, double?> scores = Score(Question(["D2:1", "D3:4"], []), ranked, 25);
        Assert.Equal(0, scores["r@1"]);
        Assert.Equal(0, scores["hit@1"]);
        Assert.Equal(1, scores["r@5"]);
        Assert.Equal(1, scores["hit@5"]);
        Assert.Equal(1, scores["recall_all@5"]);
        Assert.Equal(0.5, scores["mrr"]);
        Assert.Equal((0.63093 + 0.5) / (1 + 0.63093), scores["ndcg@10"]!.Value, 4); // it was scored
        Assert.Equal(0.5, scores["r@25_tokens"]); // two lines fit, and the second is gold
        Assert.Equal(0, scores["session_r@1"]);
        Assert.Equal(1, scores["session_r@5"]);
        Assert.Equal(0.5, scores["session_mrr"]);
    }

    [Fact]
    public void Where_only_sessions_are_known_only_they_are_scored()
    {
        RecallResult ranked = new([Hit("D1:1"), Hit("D2:1")], null, 0);
        Dictionary<string, double?> scores = Score(Question([], ["D1", "D3"]), ranked, 25);
        Assert.All(scores.Where(score => !score.Key.StartsWith("session_", StringComparison.Ordinal)), score => Assert.Null(score.Value));
        Assert.Equal(0.5, scores["session_r@1"]);
        Assert.Equal(0, scores["session_recall_all@10"]);
    }

    [Fact]
    public void The_budget_ends_at_the_first_item_that_passes_it()
    {
        ImmutableArray<RecallHit> hits = [Hit("a"), Hit("b", 400), Hit("c")];
        Assert.Equal(["a"], RetrievalScorer.Sources(RetrievalScorer.Afforded(hits, 25)).SelectMany(ids => ids));
        Assert.Equal(3, RetrievalScorer.Afforded(hits, 120).Length);
        Assert.Empty(RetrievalScorer.Afforded(hits, 9));
    }

    [Fact]
    public void An_excerpt_counts_with_its_own_length_and_answer_words_are_looked_for_in_what_is_shown()
    {
        Message evidence = new() { Id = "D1:1", Text = "We went by boat. The harbour was in Bergen.", Time = DateTimeOffset.UnixEpoch };
        RecallHit whole = Hit("D1:1") with { Excerpt = null };
        whole = whole with { Cube = whole.Cube with { Payload = new PlaintextPayload(evidence.Text) } };
        RecallHit cut = whole with { Excerpt = new Excerpt("We went by boat. …", [new TextSpan(0, 16)]) };
        LabelledQuestion question = Question(["D1:1"], []) with { Answer = "From the harbour of Bergen, by boat and on foot" };
        Dictionary<string, double?> scores = RetrievalScorer.MetricNames(11).Zip(new RetrievalScorer([evidence], Sessions, 11).Score(
            question, new([whole], null, 0), new([whole], null, 0), new([cut], null, 0))).ToDictionary(pair => pair.First, pair => pair.Second);
        Assert.Equal((1, 1), (scores["r@11_tokens"], scores["r@11_tokens_excerpts"]));
        Assert.Equal(1, scores["answer_words@11_tokens"]); // harbour, Bergen, boat; the others are not in the evidence
        Assert.Equal(1 / 3.0, scores["answer_words@11_tokens_excerpts"]!.Value, 6); // it was scored
        Assert.Single(RetrievalScorer.Afforded([cut, cut], 9));
    }

    private static LabelledQuestion Question(ImmutableHashSet<string> evidence, ImmutableHashSet<string> sessions) =>
        new() { Id = "0", Text = "?", Category = "x", Evidence = evidence, EvidenceSessions = sessions };

    private static Dictionary<string, double?> Score(LabelledQuestion question, RecallResult ranked, int budget) =>
        RetrievalScorer.MetricNames(budget).Zip(new RetrievalScorer([], Sessions, budget).Score(question, ranked, ranked, ranked)).ToDictionary(pair => pair.First, pair => pair.Second);

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
