using MemOS.Operator.Recall.Ranking;

namespace MemOS.Core.Tests.Operator.Recall.Ranking;

public sealed class SessionTurnsTests
{
    [Fact]
    public void A_session_that_had_its_turn_waits_for_others_that_are_nearly_as_good()
    {
        RankedDocument[] ranked = [new(0, 1.0f, 10), new(1, 0.95f, 11), new(2, 0.9f, 12), new(3, 0.2f, 13), new(4, 0.88f, 14)];
        Array.Sort(ranked);
        SessionTurns.Take(ranked, [0, 0, 1, 2, -1], 0.15f);
        Assert.Equal([0, 2, 4, 1, 3], ranked.Select(document => document.Document));
        Assert.Equal(0.8f, ranked[3].Score, 5);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void It_is_the_plain_greedy_choice_and_scores_fall(int seed)
    {
        var random = new Random(seed);
        for (int round = 0; round < 50; round++)
        {
            int[] sessions = [.. Enumerable.Range(0, 60).Select(_ => random.Next(-1, 8))];
            RankedDocument[] ranked = [.. Enumerable.Range(0, 60).Select(i => new RankedDocument(i, random.Next(100) / 64f, i))];
            Array.Sort(ranked);
            int[] expected = Greedy([.. ranked], sessions, 0.25f);
            SessionTurns.Take(ranked, sessions, 0.25f);
            Assert.Equal(expected, ranked.Select(document => document.Document));
            Assert.Equal(ranked.OrderByDescending(document => document.Score).Select(document => document.Score), ranked.Select(document => document.Score));
        }
    }

    [Theory]
    [InlineData("What books has Melanie read?", true)]
    [InlineData("Which of Ann's friends sing?", true)]
    [InlineData("How many times did they meet?", true)]
    [InlineData("In what ways does she help?", true)]
    [InlineData("What does James like?", false)]
    [InlineData("When is the class?", false)]
    [InlineData("Where was this picture taken?", false)]
    [InlineData("Did she buy shoes?", false)]
    public void A_plural_soon_after_the_question_word_asks_for_several_things(string question, bool several) =>
        Assert.Equal(several, (QuestionReader.Read(question) & AskedFor.Several) != 0);

    private static int[] Greedy(List<RankedDocument> left, int[] sessions, float penalty)
    {
        List<int> taken = [];
        while (left.Count > 0)
        {
            RankedDocument best = left.MaxBy(document => document.Score - (penalty * (sessions[document.Document] < 0 ? 0 : taken.Count(other => sessions[other] == sessions[document.Document]))));
            taken.Add(best.Document);
            left.Remove(best);
        }

        return [.. taken];
    }
}
