using System.Text.Json.Nodes;

namespace MemOS.Server.Tests.Rest;

[Collection(RunningServer.Name)]
public sealed class MessageRoutesTests(ServerFixture server)
{
    [Fact]
    public async Task A_message_comes_back_as_it_was_sent()
    {
        string url = $"/api/v1/vaults/{Uri.EscapeDataString(await server.NewVaultAsync())}";
        JsonNode added = await server.OkAsync(HttpMethod.Post, $"{url}/messages", new
        {
            conversation = "c",
            messages = new[]
            {
                new
                {
                    id = "m1", role = "Assistant", speaker = "Ann", text = "  Grüße aus 東京 🚂\n", time = "8 May 2023, 13:56", tags = new[] { "trip" },
                    info = new Dictionary<string, object> { ["score"] = 5, ["ok"] = true, ["from"] = "x" },
                    attachments = new[] { new { kind = "image", reference = "http://x/y.png", caption = "a red train" } },
                    tool_calls = new[] { new { id = "t", name = "ticket", arguments = "{\"to\":\"Tokyo\"}" } },
                },
            },
        });
        Assert.False((bool?)added["messages"]![0]!["was_known"]);
        JsonNode page = await server.OkAsync(HttpMethod.Get, $"{url}/messages?conversation=c");
        JsonNode message = Assert.Single(page["items"]!.AsArray())!;
        Assert.Equal(
            ("m1", "c", "assistant", "Ann", "  Grüße aus 東京 🚂\n"),
            ((string?)message["id"], (string?)message["conversation"], (string?)message["role"], (string?)message["speaker"], (string?)message["text"]));
        Assert.Equal(new DateTimeOffset(2023, 5, 8, 13, 56, 0, TimeSpan.Zero), (DateTimeOffset?)message["time"]);
        Assert.Equal(("5", "true", "x"), ((string?)message["info"]!["score"], (string?)message["info"]!["ok"], (string?)message["info"]!["from"]));
        Assert.Equal("a red train", (string?)message["attachments"]![0]!["caption"]);
        Assert.Equal("ticket", (string?)message["tool_calls"]![0]!["name"]);
    }

    [Fact]
    public async Task The_same_message_is_stored_once_and_another_under_its_id_is_refused()
    {
        string url = $"/api/v1/vaults/{Uri.EscapeDataString(await server.NewVaultAsync())}";
        object one = new { messages = new[] { new { id = "1", text = "The kettle is new." } } };
        JsonNode first = await server.OkAsync(HttpMethod.Post, $"{url}/messages", one);
        JsonNode again = await server.OkAsync(HttpMethod.Post, $"{url}/messages", one);
        Assert.True((bool?)again["messages"]![0]!["was_known"]);
        Assert.Equal((string?)first["messages"]![0]!["cubes"]![0]!["id"], (string?)again["messages"]![0]!["cubes"]![0]!["id"]);
        (int status, JsonNode problem) = await server.PostAsync($"{url}/messages", new { messages = new[] { new { id = "1", text = "Something else." } } });
        Assert.Equal((409, "message_id_conflict"), (status, (string?)problem["code"]));
    }

    [Fact]
    public async Task Messages_are_read_page_by_page()
    {
        string url = $"/api/v1/vaults/{Uri.EscapeDataString(await server.NewVaultAsync())}";
        await server.OkAsync(HttpMethod.Post, $"{url}/messages", new { messages = Enumerable.Range(0, 7).Select(i => new { text = $"line {i}" }) });
        JsonNode first = await server.OkAsync(HttpMethod.Get, $"{url}/messages?limit=5");
        JsonNode second = await server.OkAsync(HttpMethod.Get, $"{url}/messages?limit=5&after={(long?)first["next"]}");
        Assert.Equal(["line 0", "line 1", "line 2", "line 3", "line 4"], first["items"]!.AsArray().Select(item => (string)item!["text"]!));
        Assert.Equal(["line 5", "line 6"], second["items"]!.AsArray().Select(item => (string)item!["text"]!));
        Assert.Null(second["next"]);
    }

    [Fact]
    public async Task A_document_is_remembered_passage_by_passage()
    {
        string url = $"/api/v1/vaults/{Uri.EscapeDataString(await server.NewVaultAsync())}";
        string text = "# Harbour rules\n\nShips must report by radio.\n\n# Opening hours\n\nThe harbour opens at six in the morning.\n";
        JsonNode added = await server.OkAsync(HttpMethod.Post, $"{url}/documents", new { name = "rules.md", text });
        Assert.NotEmpty(added["messages"]!.AsArray());
        JsonNode stored = await server.OkAsync(HttpMethod.Get, $"{url}/messages?conversation=rules.md");
        Assert.Equal(text, string.Concat(stored["items"]!.AsArray().Select(item => (string)item!["text"]!)));
        JsonNode again = await server.OkAsync(HttpMethod.Post, $"{url}/documents", new { name = "rules.md", text });
        Assert.All(again["messages"]!.AsArray(), message => Assert.True((bool?)message!["was_known"]));
    }

    [Fact]
    public async Task Two_hundred_adds_at_once_are_all_there()
    {
        string vault = await server.NewVaultAsync();
        string[] ids = await Task.WhenAll(Enumerable.Range(0, 200).Select(i => server.RememberAsync(vault, $"The note number {i} is about topic {i * 7919}.")));
        Assert.Equal(200, ids.Distinct().Count());
        JsonNode statistics = await server.OkAsync(HttpMethod.Get, $"/api/v1/vaults/{Uri.EscapeDataString(vault)}");
        Assert.Equal((200, 200), ((int?)statistics["messages"], (int?)statistics["cubes"]));
    }
}
