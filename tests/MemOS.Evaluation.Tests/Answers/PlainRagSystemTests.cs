using MemOS.Evaluation.Answers;
using MemOS.Evaluation.Datasets;
using MemOS.Reader;

namespace MemOS.Evaluation.Tests.Answers;

public sealed class PlainRagSystemTests
{
    [Fact]
    public async Task The_chunks_that_share_rare_words_come_first_and_the_budget_holds()
    {
        await using PlainRagSystem rag = new(budget: 30, chunkTokens: 20);
        LabelledConversation talk = new("t", [Said("1", "The weather is fine today, is it not?"), Said("2", "The walrus sleeps on the ice today."), Said("3", "The soup is fine today.")], []);
        await rag.BeginAsync(talk, CancellationToken.None);
        LabelledQuestion question = new() { Id = "0", Text = "Where does the walrus sleep today?", Category = "x" };
        IReadOnlyList<ContextLine> lines = await rag.ContextAsync(question, DateTimeOffset.UnixEpoch, CancellationToken.None);
        Assert.Contains("walrus", lines[0].Text, StringComparison.Ordinal);
        Assert.InRange(lines.Sum(line => line.Tokens), 1, 30);
        Assert.Equal("[2024-05-01 10:00] Ann: The walrus sleeps on the ice today.", lines[0].Text);
    }

    private static Message Said(string id, string text) => new()
    {
        Id = id,
        Speaker = "Ann",
        Text = text,
        Time = new DateTimeOffset(2024, 5, 1, 10, 0, 0, TimeSpan.Zero),
    };
}
