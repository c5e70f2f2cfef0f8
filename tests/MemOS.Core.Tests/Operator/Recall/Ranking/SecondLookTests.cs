using MemOS.Cubes;
using MemOS.Governance;
using MemOS.Operator.Recall;
using MemOS.Operator.Recall.Ranking;
using Xunit;
using static MemOS.Core.Tests.Operator.Recall.SampleCubes;

namespace MemOS.Core.Tests.Operator.Recall.Ranking;

public sealed class SecondLookTests
{
    private static readonly IndexFixture Talk = new(
        Turn(1, "Ann", "What did you do on the lake?"),
        Turn(2, "Bob", "We rented a canoe, it was yesterday"),
        Turn(3, "Ann", "Bob, you love the lake"),
        Turn(4, "Cy", "Canoes float"));

    [Fact]
    public void Every_feature_has_two_weights()
    {
        Assert.Equal(PoolFeatures.Count, RankingWeights.Base.Length);
        Assert.Equal(PoolFeatures.Count, RankingWeights.Long.Length);
        Assert.Equal(PoolFeatures.Count, Enum.GetValues<RankingFeature>().Length);
    }

    [Fact]
    public void A_turn_is_measured_with_its_surroundings_and_its_speaker()
    {
        float[] answer = Measure("When was Bob on the lake with a canoe?", 2);
        Assert.Equal(1, answer[(int)RankingFeature.BySpeaker]);
        Assert.True(answer[(int)RankingFeature.WordsAsked] > 0);
        Assert.True(answer[(int)RankingFeature.TimeAsked] > 0);
        Assert.True(answer[(int)RankingFeature.CoverageWithBefore] > answer[(int)RankingFeature.Coverage]);
        float[] other = Measure("When was Bob on the lake with a canoe?", 3);
        Assert.Equal(0, other[(int)RankingFeature.BySpeaker]);
        Assert.Equal(1, other[(int)RankingFeature.NamesSpeaker]);
    }

    [Fact]
    public void Features_stay_within_their_range_for_any_words()
    {
        var index = new IndexFixture(Enumerable.Range(0, 200).Select(i => Random(new Random(i), i + 1)));
        foreach (PooledDocument document in index.Index.Measure(new RecallQuery { Text = "word Ann when must I 2 Paris" }, null, IndexFixture.Now))
        {
            Assert.All(document.Features, value => Assert.InRange(value, 0, 1.5f));
        }
    }

    [Fact]
    public void A_neighbour_that_the_caller_may_not_read_adds_nothing()
    {
        MemCube asked = Turn(1, "Ann", "Is the canoe red?");
        asked = asked with { Governance = asked.Governance with { Sensitivity = Sensitivity.Secret } };
        var index = new IndexFixture(asked, Turn(2, "Bob", "Yes, red"), Turn(3, "Bob", "red paint"));
        RecallQuery query = new() { Text = "canoe red", Caller = Caller.Named("guest") };
        float[] beside = index.Index.Measure(query, null, IndexFixture.Now).Single(document => document.Sequence == 2).Features;
        Assert.Equal(0, beside[(int)RankingFeature.WordsBefore]);
        Assert.Equal(beside[(int)RankingFeature.Coverage], beside[(int)RankingFeature.CoverageWithBefore]);
        float[] seen = index.Index.Measure(query with { Caller = Caller.Owner }, null, IndexFixture.Now).Single(document => document.Sequence == 2).Features;
        Assert.True(seen[(int)RankingFeature.CoverageWithBefore] > seen[(int)RankingFeature.Coverage]);
    }

    [Fact]
    public void The_parts_of_a_score_sum_to_it_and_without_the_second_look_the_legs_remain()
    {
        RankedCube hit = Talk.Search("When was Bob on the lake?").Hits[0];
        Assert.Equal(hit.Score, hit.Breakdown.Total, 5);
        var legs = new RecallIndex(Talk.Index.Space, new RecallOptions { SecondLookWeight = 0 });
        MemCube turn = Turn(1, "Bob", "We rented a canoe");
        legs.Apply(turn, DocumentAnalyzer.Analyze(turn, vector: null));
        RecallQuery query = new() { Text = "canoe" };
        Assert.Equal(legs.Measure(query, null, IndexFixture.Now).Single().Score, legs.Search(query, null, IndexFixture.Now).Hits.Single().Score, 5);
    }

    private static float[] Measure(string question, long sequence) =>
        Talk.Index.Measure(new RecallQuery { Text = question }, null, IndexFixture.Now).Single(document => document.Sequence == sequence).Features;
}
