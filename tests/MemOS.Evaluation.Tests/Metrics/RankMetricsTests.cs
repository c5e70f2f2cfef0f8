using MemOS.Evaluation.Metrics;
using Xunit;

namespace MemOS.Evaluation.Tests.Metrics;

public sealed class RankMetricsTests
{
    // Gold turns at places 2 and 4 of a ranking of one turn each; a third gold turn is missing.
    private static readonly IReadOnlyList<IReadOnlyCollection<string>> Ranking = [["D1:1"], ["D2:5"], ["D1:2"], ["D3:1"], ["D2:6"]];
    private static readonly HashSet<string> Gold = ["D2:5", "D3:1", "D9:9"];

    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 1 / 3.0)]
    [InlineData(4, 2 / 3.0)]
    [InlineData(20, 2 / 3.0)]
    public void Recall_is_the_share_of_gold_turns_among_the_first_items(int k, double expected) => Assert.Equal(expected, RankMetrics.Recall(Ranking, Gold, k), 12);

    [Fact]
    public void Recall_all_needs_every_gold_turn()
    {
        Assert.Equal(0, RankMetrics.RecallAll(Ranking, Gold, 5));
        HashSet<string> two = ["D2:5", "D3:1"];
        Assert.Equal(0, RankMetrics.RecallAll(Ranking, two, 3));
        Assert.Equal(1, RankMetrics.RecallAll(Ranking, two, 4));
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 1)]
    public void A_hit_needs_one_gold_turn(int k, double expected) => Assert.Equal(expected, RankMetrics.Hit(Ranking, Gold, k));

    [Fact]
    public void The_reciprocal_rank_counts_to_the_first_gold_turn()
    {
        Assert.Equal(0.5, RankMetrics.ReciprocalRank(Ranking, Gold));
        Assert.Equal(0, RankMetrics.ReciprocalRank(Ranking, new HashSet<string> { "D9:9" }));
    }

    [Fact]
    public void Ndcg_discounts_by_the_logarithm_of_the_place()
    {
        // (1/log2 3 + 1/log2 5) / (1/log2 2 + 1/log2 3 + 1/log2 4) = (0.63093 + 0.43068) / (1 + 0.63093 + 0.5)
        Assert.Equal(0.49818, RankMetrics.Ndcg(Ranking, Gold, 10), 4);
        Assert.Equal(1, RankMetrics.Ndcg([["D2:5"], ["D3:1"]], new HashSet<string> { "D2:5", "D3:1" }, 10), 12);
    }

    [Fact]
    public void Ndcg_at_k_compares_with_the_best_that_k_items_can_do() =>
        Assert.Equal(1, RankMetrics.Ndcg([["a"], ["b"]], new HashSet<string> { "a", "b", "c" }, 2), 12);

    [Fact]
    public void A_gold_turn_that_comes_twice_gains_once() =>
        Assert.Equal(1, RankMetrics.Ndcg([["a"], ["a"]], new HashSet<string> { "a" }, 10), 12);

    [Fact]
    public void An_item_with_several_sources_counts_for_all_of_them()
    {
        HashSet<string> gold = ["a", "b"];
        Assert.Equal(1, RankMetrics.Recall([["a", "b", "x"]], gold, 1));
        Assert.Equal(1, RankMetrics.FirstRank([["x", "b"]], gold));
    }

    [Fact]
    public void Groups_are_ranked_by_their_first_item_and_come_once() =>
        Assert.Equal(["D1", "D2", "D3"], RankMetrics.Group(Ranking, id => id.Split(':')[0]).SelectMany(group => group));

    [Fact]
    public void A_question_without_gold_is_refused() => Assert.Throws<ArgumentException>(() => RankMetrics.Recall(Ranking, new HashSet<string>(), 1));

    [Fact]
    public void An_empty_ranking_scores_zero()
    {
        Assert.Equal(0, RankMetrics.Recall([], Gold, 10));
        Assert.Equal(0, RankMetrics.Ndcg([], Gold, 10));
        Assert.Equal(0, RankMetrics.ReciprocalRank([], Gold));
    }
}
