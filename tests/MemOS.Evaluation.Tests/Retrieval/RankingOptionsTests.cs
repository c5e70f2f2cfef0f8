using System.Text.Json.Nodes;
using MemOS.Evaluation.Retrieval;
using MemOS.Operator.Recall;
using Xunit;

namespace MemOS.Evaluation.Tests.Retrieval;

public sealed class RankingOptionsTests
{
    [Fact]
    public void Options_are_set_by_name()
    {
        RecallOptions changed = RankingOptions.With(RecallOptions.Default, new JsonObject { ["vector_weight"] = 0.7, ["session_gap"] = "03:00:00" });
        Assert.Equal(RecallOptions.Default with { VectorWeight = 0.7, SessionGap = TimeSpan.FromHours(3) }, changed);
    }

    [Theory]
    [InlineData("""{"vector_wait": 1}""")]
    [InlineData("""{"vector_weight": "much"}""")]
    [InlineData("""{"vector_weight": null}""")]
    public void A_name_or_a_value_that_cannot_be_meant_is_refused(string json)
    {
        JsonObject changes = (JsonObject)JsonNode.Parse(json)!; // it is an object
        Assert.Equal(ErrorCodes.InvalidInput, Assert.Throws<MemOSException>(() => RankingOptions.With(RecallOptions.Default, changes)).Code);
    }

    [Fact]
    public void A_part_is_turned_off_by_its_name_with_or_without_the_ending()
    {
        Assert.Equal(RecallOptions.Default with { VectorWeight = 0 }, RankingOptions.Off(RecallOptions.Default, "vector"));
        Assert.Equal(RecallOptions.Default with { NeighbourShare = 0 }, RankingOptions.Off(RecallOptions.Default, "neighbour_share"));
        Assert.Throws<MemOSException>(() => RankingOptions.Off(RecallOptions.Default, "session_gap"));
        Assert.Throws<MemOSException>(() => RankingOptions.Off(RecallOptions.Default with { VectorWeight = 0 }, "vector"));
    }

    [Fact]
    public void Weights_and_shares_are_parts_and_thresholds_are_none()
    {
        Assert.Contains("question_penalty", RankingOptions.Parts(RecallOptions.Default));
        Assert.DoesNotContain("vector_evidence", RankingOptions.Parts(RecallOptions.Default));
    }
}
