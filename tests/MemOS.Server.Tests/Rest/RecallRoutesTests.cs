using System.Text.Json.Nodes;

namespace MemOS.Server.Tests.Rest;

[Collection(RunningServer.Name)]
public sealed class RecallRoutesTests(ServerFixture server)
{
    [Fact]
    public async Task A_hit_says_where_it_came_from_and_how_its_score_came_about()
    {
        string url = $"/api/v1/vaults/{Uri.EscapeDataString(await server.NewVaultAsync())}";
        await server.OkAsync(HttpMethod.Post, $"{url}/messages", new { conversation = "c", messages = new[] { new { id = "m7", speaker = "Ann", text = "My parrot is called Captain Flint." } } });
        JsonNode answer = await server.OkAsync(HttpMethod.Post, $"{url}/recall", new { text = "What is the parrot called?" });
        JsonNode hit = answer["hits"]![0]!;
        Assert.Equal("m7", (string?)hit["cube"]!["sources"]![0]!["message_id"]);
        Assert.InRange((double)hit["relevance"]!, 0.0001, 1);
        Assert.Equal((double)hit["score"]!, hit["breakdown"]!.AsObject().Sum(part => (double)part.Value!), 6);
        Assert.True((int)answer["tokens"]! > 0);
        Assert.IsType<JsonArray>(hit["derived"]);
    }

    [Fact]
    public async Task Filter_limit_and_budget_are_honoured()
    {
        string url = $"/api/v1/vaults/{Uri.EscapeDataString(await server.NewVaultAsync())}";
        await server.OkAsync(HttpMethod.Post, $"{url}/messages", new
        {
            messages = Enumerable.Range(0, 20).Select(i => new { speaker = i % 2 == 0 ? "Ann" : "Bob", text = $"The apple tree number {i} carries {i} apples." }),
        });
        JsonNode filtered = await server.OkAsync(HttpMethod.Post, $"{url}/recall", new { text = "apple tree", limit = 50, filter = new { speaker = "Bob" } });
        Assert.NotEmpty(filtered["hits"]!.AsArray());
        Assert.All(filtered["hits"]!.AsArray(), hit => Assert.Equal("Bob", (string?)hit!["cube"]!["speaker"]));
        Assert.Equal(3, (await server.OkAsync(HttpMethod.Post, $"{url}/recall", new { text = "apple tree", limit = 3 }))["hits"]!.AsArray().Count);
        JsonNode tight = await server.OkAsync(HttpMethod.Post, $"{url}/recall", new { text = "apple tree", limit = 50, token_budget = 30 });
        Assert.InRange((int)tight["tokens"]!, 1, 30);
    }

    [Fact]
    public async Task The_past_can_be_asked()
    {
        string url = $"/api/v1/vaults/{Uri.EscapeDataString(await server.NewVaultAsync())}";
        JsonNode made = await server.OkAsync(HttpMethod.Post, $"{url}/cubes", new { text = "The meeting room is called Berlin." });
        await server.OkAsync(HttpMethod.Patch, $"{url}/cubes/{(string?)made["id"]}", new { text = "The meeting room is called Lisbon." });
        JsonNode then = await server.OkAsync(HttpMethod.Post, $"{url}/recall", new { text = "meeting room", as_of = (string?)made["tx_from"] });
        JsonNode now = await server.OkAsync(HttpMethod.Post, $"{url}/recall", new { text = "meeting room" });
        Assert.Contains("Berlin", (string?)then["hits"]![0]!["cube"]!["text"], StringComparison.Ordinal);
        Assert.Contains("Lisbon", (string?)now["hits"]![0]!["cube"]!["text"], StringComparison.Ordinal);
    }
}
