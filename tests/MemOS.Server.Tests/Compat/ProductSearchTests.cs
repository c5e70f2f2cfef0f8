using System.Text.Json.Nodes;

namespace MemOS.Server.Tests.Compat;

[Collection(RunningServer.Name)]
public sealed class ProductSearchTests(ServerFixture server)
{
    private readonly string _user = $"user-{Guid.CreateVersion7():N}";

    [Fact]
    public async Task An_item_has_the_fields_that_clients_read()
    {
        await server.OkAsync(HttpMethod.Post, "/product/add", new
        {
            user_id = _user,
            session_id = "s1",
            custom_tags = new[] { "pets" },
            info = new { room = "kitchen" },
            messages = new[] { new { role = "user", role_name = "Ann", content = "The goldfish is called Neptune.", chat_time = "2026-01-02 10:00:00", message_id = "D1:3" } },
        });
        JsonNode answer = await server.OkAsync(HttpMethod.Post, "/product/search", new { query = "What is the goldfish called?", user_id = _user });
        Assert.Equal((200, "Search completed successfully"), ((int?)answer["code"], (string?)answer["message"]));
        JsonNode data = answer["data"]!;
        Assert.Equal(("", 0, 0), ((string?)data["pref_note"], data["act_mem"]!.AsArray().Count, data["para_mem"]!.AsArray().Count));
        JsonNode item = Assert.Single(data["text_mem"]![0]!["memories"]!.AsArray())!;
        JsonNode metadata = item["metadata"]!;
        string id = (string)item["id"]!;
        Assert.Equal($"[{id.Split('-')[0]}]", (string?)item["ref_id"]);
        Assert.Equal((id, (string?)item["memory"], (string?)item["ref_id"]), ((string?)metadata["id"], (string?)metadata["memory"], (string?)metadata["ref_id"]));
        Assert.Equal("[2026-01-02 10:00] Ann: The goldfish is called Neptune.", (string?)item["memory"]);
        Assert.InRange((double)metadata["relativity"]!, 0.45, 1);
        Assert.Equal(("UserMemory", "activated", _user, "s1"), ((string?)metadata["memory_type"], (string?)metadata["status"], (string?)metadata["user_id"], (string?)metadata["session_id"]));
        Assert.Empty(metadata["embedding"]!.AsArray());
        Assert.Empty(metadata["usage"]!.AsArray());
        Assert.Equal("pets", (string?)metadata["tags"]![0]);
        Assert.Equal("kitchen", (string?)metadata["info"]!["room"]);
        JsonNode source = Assert.Single(metadata["sources"]!.AsArray())!;
        Assert.Equal(("D1:3", "user", "The goldfish is called Neptune."), ((string?)source["message_id"], (string?)source["role"], (string?)source["content"]));
        Assert.Equal(new DateTimeOffset(2026, 1, 2, 10, 0, 0, TimeSpan.Zero), (DateTimeOffset?)source["chat_time"]);
    }

    [Fact]
    public async Task A_text_that_was_said_twice_is_one_item_with_both_messages()
    {
        await AddAsync("a", "The alarm code is on the fridge.");
        await AddAsync("b", "The alarm code is on the fridge.");
        JsonNode item = Assert.Single((await SearchAsync(new { query = "alarm code", user_id = _user }))["text_mem"]![0]!["memories"]!.AsArray())!;
        Assert.Equal(["a", "b"], item["metadata"]!["sources"]!.AsArray().Select(source => (string)source!["message_id"]!).Order());
        Assert.All(item["metadata"]!["sources"]!.AsArray(), source => Assert.Equal("The alarm code is on the fridge.", (string?)source!["content"]));
    }

    [Fact]
    public async Task Nothing_is_found_in_a_cube_that_was_never_made_and_its_buckets_are_there()
    {
        JsonNode data = await SearchAsync(new { query = "anything", user_id = _user });
        foreach (string list in (string[])["text_mem", "pref_mem", "tool_mem", "skill_mem"])
        {
            JsonNode bucket = Assert.Single(data[list]!.AsArray())!;
            Assert.Equal((_user, 0, 0), ((string?)bucket["cube_id"], bucket["memories"]!.AsArray().Count, (int?)bucket["total_nodes"]));
        }
    }

    [Fact]
    public async Task Limits_and_thresholds_are_honoured()
    {
        for (int i = 0; i < 12; i++)
        {
            await AddAsync($"m{i}", $"Apple sort {i}: {new string((char)('a' + i), 5)} tastes of {new string((char)('k' + i), 6)}.");
        }

        Assert.Equal(3, (await SearchAsync(new { query = "apple sort", user_id = _user, top_k = 3, relativity = 0 }))["text_mem"]![0]!["memories"]!.AsArray().Count);
        Assert.Empty((await SearchAsync(new { query = "apple sort", user_id = _user, relativity = 1.5 }))["text_mem"]![0]!["memories"]!.AsArray());
        Assert.Empty((await SearchAsync(new { query = "apple sort", user_id = _user, relativity = 0, threshold = 2 }))["text_mem"]![0]!["memories"]!.AsArray());
        foreach (double least in (double[])[0.3, 0.6, 0.9])
        {
            JsonNode found = await SearchAsync(new { query = "apple sort 3", user_id = _user, top_k = 50, relativity = least });
            Assert.All(found["text_mem"]![0]!["memories"]!.AsArray(), item => Assert.InRange((double)item!["metadata"]!["relativity"]!, least, 1));
        }
    }

    [Fact]
    public async Task Near_repeats_are_left_out_or_come_last_or_stay()
    {
        const string Text = "The ferry to the island of Hvar leaves from pier number {0} every single morning in summer";
        for (int i = 0; i < 4; i++)
        {
            await AddAsync($"m{i}", string.Format(null, Text, i));
        }

        await AddAsync("other", "The ferry has a cafe.");
        Task<JsonNode> Ask(string mode) => SearchAsync(new { query = "ferry island Hvar pier", user_id = _user, relativity = 0, dedup = mode, top_k = 5 });
        static int Count(JsonNode data) => data["text_mem"]![0]!["memories"]!.AsArray().Count(item => ((string)item!["memory"]!).Contains("pier", StringComparison.Ordinal));
        Assert.Equal(4, Count(await Ask("no")));
        Assert.Equal(1, Count(await Ask("sim")));
        JsonNode last = await Ask("mmr");
        Assert.Equal(4, Count(last));
        Assert.Contains("cafe", (string?)last["text_mem"]![0]!["memories"]![1]!["memory"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Zero_asks_for_none_of_a_kind()
    {
        await server.OkAsync(HttpMethod.Post, "/product/add", $$"""{"user_id":"{{_user}}","messages":[{"role":"tool","content":"disk is full"}]}""");
        Assert.Empty((await SearchAsync(new { query = "disk full", user_id = _user, tool_mem_top_k = 0 }))["tool_mem"]![0]!["memories"]!.AsArray());
        Assert.Empty((await SearchAsync(new { query = "disk full", user_id = _user, search_tool_memory = false }))["tool_mem"]![0]!["memories"]!.AsArray());
        Assert.Single((await SearchAsync(new { query = "disk full", user_id = _user }))["tool_mem"]![0]!["memories"]!.AsArray());
    }

    [Fact]
    public async Task Preferences_have_a_list_and_a_note_of_their_own()
    {
        await AddAsync("m", "hello there");
        await server.OkAsync(HttpMethod.Post, $"/api/v1/vaults/{_user}/cubes", new { text = "Ann prefers green tea.", type = "preference" });
        JsonNode data = await SearchAsync(new { query = "Which tea does Ann prefer?", user_id = _user, readable_cube_ids = new[] { $"{_user}-none", _user } });
        JsonNode item = Assert.Single(data["pref_mem"]![1]!["memories"]!.AsArray())!;
        Assert.Equal(("PreferenceMemory", "Ann prefers green tea."), ((string?)item["metadata"]!["memory_type"], (string?)item["metadata"]!["preference"]));
        Assert.NotEmpty((string)data["pref_note"]!);
        Assert.StartsWith("Explicit Preference:\n1. Ann prefers green tea.\n", (string?)data["pref_string"], StringComparison.Ordinal);
        JsonNode without = await SearchAsync(new { query = "Which tea does Ann prefer?", user_id = _user, include_preference = false });
        Assert.Empty(without["pref_mem"]![0]!["memories"]!.AsArray());
        Assert.Equal("", (string?)without["pref_note"]);
        Assert.Null(without["pref_string"]);
    }

    [Theory]
    [InlineData("""{"tags":{"contains":"red"}}""", "1")]
    [InlineData("""{"and":[{"tags":{"contains":"red"}},{"room":"attic"}]}""", "")]
    [InlineData("""{"or":[{"tags":{"contains":"red"}},{"room":"attic"}]}""", "1 2")]
    [InlineData("""{"and":[{"or":[{"room":"attic"},{"room":"cellar"}]},{"level":{"gte":2}}]}""", "2")]
    [InlineData("""{"room":"cellar","level":{"lt":2}}""", "1")]
    [InlineData("""{"room":{"in":["attic","cellar"]}}""", "1 2")]
    [InlineData("""{"room":{"like":"tti"}}""", "2")]
    [InlineData("""{"session_id":"s2"}""", "2")]
    [InlineData("""{"user_id":"someone"}""", "2")]
    [InlineData("""{"user_id":"$U"}""", "1")]
    [InlineData("""{"status":"activated"}""", "1 2")]
    [InlineData("""{"status":"archived"}""", "")]
    [InlineData("""{"memory_type":{"in":["UserMemory","LongTermMemory"]}}""", "1 2")]
    [InlineData("""{"created_at":{"gt":"2020-01-01"}}""", "1 2")]
    [InlineData("""{"created_at":{"lt":"2020-01-01"}}""", "")]
    [InlineData("""{"$U":{"room":"attic"}}""", "2")]
    [InlineData("""{}""", "1 2")]
    public async Task Filters_of_this_wire_are_understood(string filter, string expected)
    {
        await server.OkAsync(HttpMethod.Post, "/product/add", new { user_id = _user, session_id = "s1", custom_tags = new[] { "red" }, info = new { room = "cellar", level = 1 }, messages = "box number 1" });
        await server.OkAsync(HttpMethod.Post, "/product/add", new { user_id = "someone", mem_cube_id = _user, session_id = "s2", info = new { room = "attic", level = 2 }, messages = "box number 2" });
        string body = $$"""{"query":"box number","user_id":"{{_user}}","relativity":0,"filter":{{filter.Replace("$U", _user, StringComparison.Ordinal)}}}""";
        JsonNode found = (await server.OkAsync(HttpMethod.Post, "/product/search", body))["data"]!;
        Assert.Equal(expected, string.Join(' ', found["text_mem"]![0]!["memories"]!.AsArray().Select(item => ((string)item!["memory"]!)[^1..]).Order()));
    }

    [Theory]
    [InlineData("UserMemory", "user")]
    [InlineData("LongTermMemory", "assistant")]
    [InlineData("AllSummaryMemory", "assistant user")]
    [InlineData("All", "assistant user")]
    [InlineData("WorkingMemory", "")]
    public async Task A_memory_type_chooses(string type, string expected)
    {
        await server.OkAsync(HttpMethod.Post, "/product/add", new { user_id = _user, messages = new[] { new { role = "user", content = "spoken by the user" }, new { role = "assistant", content = "spoken by the assistant" } } });
        JsonNode data = await SearchAsync(new { query = "spoken", user_id = _user, relativity = 0, search_memory_type = type });
        Assert.Equal(expected, string.Join(' ', data["text_mem"]![0]!["memories"]!.AsArray().Select(item => ((string)item!["memory"]!).Split(' ')[^1]).Order()));
    }

    private async Task AddAsync(string id, string text) => await server.OkAsync(
        HttpMethod.Post, "/product/add", new { user_id = _user, messages = new[] { new { role = "user", content = text, message_id = id } } });

    private async Task<JsonNode> SearchAsync(object body) => (await server.OkAsync(HttpMethod.Post, "/product/search", body))["data"]!;
}
