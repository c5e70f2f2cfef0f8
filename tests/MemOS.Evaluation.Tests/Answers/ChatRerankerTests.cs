using System.ClientModel;
using System.ClientModel.Primitives;
using System.Text.Json;
using MemOS.Models.BuiltIn;
using MemOS.Operator.Recall;
using MemOS.Reader;
using MemOS.Vaults;
using MemOS.Vaults.Sqlite;
using Microsoft.Extensions.AI;
using OpenAI;
using Xunit;

namespace MemOS.Evaluation.Tests.Answers;

/// <summary>A language model as the last stage of recall, over the real protocol.</summary>
public sealed class ChatRerankerTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("memos-rerank-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task The_model_sees_the_question_and_the_memories_and_its_order_is_the_order_of_recall()
    {
        await using ScriptedEndpoint endpoint = await ScriptedEndpoint.StartAsync((_, _, prompt) => (200, $$"""Sure: {"order":[{{NumberOf(prompt, "It is in the attic")}}]} """));
        Assert.Equal(["It is in the attic now.", "The samovar was on the shelf."], (await RecallAsync(endpoint))[..2]);
        (string model, string prompt, _) = Assert.Single(endpoint.Asked);
        Assert.Equal("judge", model);
        Assert.Contains("Where is the samovar?", prompt, StringComparison.Ordinal);
        Assert.Contains("[2026-03-01 09:00] Ann: The samovar was on the shelf.", prompt, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(200, "I cannot say.")]
    [InlineData(200, """{"order":[99]}""")]
    [InlineData(200, """{"order":[1,1]}""")]
    [InlineData(200, """{"order":"2"}""")]
    [InlineData(500, "")]
    public async Task Without_a_usable_answer_the_hits_stay_as_they_were_ranked(int status, string answer)
    {
        await using ScriptedEndpoint endpoint = await ScriptedEndpoint.StartAsync((_, _, _) => (status, answer));
        Assert.Equal("The samovar was on the shelf.", (await RecallAsync(endpoint))[0]);
        Assert.NotEmpty(endpoint.Asked);
    }

    private static int NumberOf(string prompt, string memory)
    {
        using JsonDocument asked = JsonDocument.Parse(prompt[prompt.IndexOf("{\"question\"", StringComparison.Ordinal)..]);
        return asked.RootElement.GetProperty("memories").EnumerateArray().Single(item => item.GetProperty("memory").GetString()!.Contains(memory, StringComparison.Ordinal))
            .GetProperty("number").GetInt32();
    }

    private async Task<string[]> RecallAsync(ScriptedEndpoint endpoint)
    {
        OpenAIClientOptions options = new() { Endpoint = endpoint.Address, RetryPolicy = new ClientRetryPolicy(0) };
        using IChatClient model = new OpenAIClient(new ApiKeyCredential("none"), options).GetChatClient("judge").AsIChatClient();
        IVaultStore store = await new SqliteVaultEngine(_folder, null, TimeProvider.System).OpenAsync(new VaultId("v"), create: true);
        await using MemoryVault vault = await MemoryVault.OpenAsync(
            store, new MemoryVaultOptions { Embedder = WordNetEmbedder.Shared, Rerank = new RerankOptions(new ChatReranker(model)) });
        string[] said = ["The samovar was on the shelf.", "I need new shoes.", "It is in the attic now.", "Tomorrow we go to Oslo."];
        await vault.AddAsync([.. said.Select(text => new Message { Id = "", Speaker = "Ann", Text = text, Time = new DateTimeOffset(2026, 3, 1, 9, 0, 0, TimeSpan.Zero) })]);
        return [.. (await vault.RecallAsync(new RecallQuery { Text = "Where is the samovar?" })).Hits.Select(hit => hit.Cube.Text!)];
    }
}
