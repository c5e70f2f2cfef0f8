using MemOS.Evaluation.Answers;
using MemOS.Evaluation.Datasets;

namespace MemOS.Evaluation.Tests.Answers;

public sealed class JudgeTests
{
    [Theory]
    [InlineData("(b)", 1)]
    [InlineData("b", 1)]
    [InlineData("B.", 1)]
    [InlineData("Not (a), because of the boat. (b)", 1)]
    [InlineData("(a)", 0)]
    [InlineData("both", 0)]
    [InlineData("", 0)]
    public async Task A_choice_is_judged_by_its_letter_without_a_model(string answer, double expected)
    {
        await using ScriptedEndpoint endpoint = await ScriptedEndpoint.StartAsync((_, _, _) => (500, ""));
        LabelledQuestion question = Question() with { Choices = ["(a) x", "(b) y"], Answer = "(b)" };
        Assert.Equal(expected, await ScoreAsync(endpoint, question, answer));
        Assert.Empty(endpoint.Asked);
    }

    [Fact]
    public async Task The_score_of_a_rubric_is_the_share_of_points_that_are_met()
    {
        await using ScriptedEndpoint endpoint = await ScriptedEndpoint.StartAsync((_, _, prompt) => (200, prompt.Contains("names the price", StringComparison.Ordinal) ? "RIGHT" : "wrong"));
        Assert.Equal(0.5, await ScoreAsync(endpoint, Question() with { Rubric = ["names the price", "names the day"] }, "It costs 300."));
        Assert.Equal(2, endpoint.Asked.Count);
    }

    [Fact]
    public async Task What_cannot_be_answered_is_judged_by_whether_the_answer_admits_it()
    {
        await using ScriptedEndpoint endpoint = await ScriptedEndpoint.StartAsync((_, _, prompt) => (200, prompt.Contains("never said", StringComparison.Ordinal) ? "RIGHT" : "WRONG"));
        Assert.Equal(1, await ScoreAsync(endpoint, Question() with { IsUnanswerable = true }, "It was not mentioned."));
    }

    [Fact]
    public async Task A_judge_that_gives_no_verdict_has_not_found_the_answer_right()
    {
        await using ScriptedEndpoint endpoint = await ScriptedEndpoint.StartAsync((_, _, _) => (200, "Hard to say."));
        Assert.Equal(0, await ScoreAsync(endpoint, Question() with { Answer = "x" }, "y"));
    }

    [Fact]
    public void Text_that_looks_like_a_place_is_not_filled() =>
        Assert.Contains("{answer} and {reference}", PromptFiles.Fill("judge", ("question", "{answer} and {reference}"), ("reference", "r"), ("answer", "a")), StringComparison.Ordinal);

    private static LabelledQuestion Question() => new() { Id = "0", Text = "What is it?", Category = "x" };

    private static async Task<double> ScoreAsync(ScriptedEndpoint endpoint, LabelledQuestion question, string answer)
    {
        using ChatEndpoint chat = new(endpoint.Address, "judge", null);
        return (await new Judge(chat).ScoreAsync(question, answer, CancellationToken.None)).Score;
    }
}
