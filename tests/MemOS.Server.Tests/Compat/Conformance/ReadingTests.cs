using System.Text.Json.Nodes;

namespace MemOS.Server.Tests.Compat.Conformance;

/// <summary>Reading, changing, deleting and recovering single memories; graphs, look-ups, suggestions and the model services.</summary>
[Collection(RunningServer.Name)]
public sealed class ReadingTests(ServerFixture server)
{
    private readonly string _user = $"user-{Guid.CreateVersion7():N}";

    [Fact]
    public async Task All_of_a_cube_is_a_graph_with_nodes_edges_a_tree_and_counts()
    {
        await AddAsync("My name is Ann and I live in Graz with my cat.");
        await server.OkAsync(HttpMethod.Post, $"/api/v1/vaults/{_user}/settle");
        JsonNode cube = (await server.OkAsync(HttpMethod.Post, "/product/get_all", new { user_id = _user, memory_type = "text_mem" }))["data"]![0]!;
        JsonNode graph = cube["memories"]![0]!;
        Assert.Equal(_user, (string?)cube["cube_id"]);
        Assert.Equal((int?)graph["total_nodes"], graph["nodes"]!.AsArray().Count);
        Assert.Equal((int?)graph["total_edges"], graph["edges"]!.AsArray().Count);
        Assert.All(graph["edges"]!.AsArray(), edge => Assert.Contains(graph["nodes"]!.AsArray(), node => (string?)node!["id"] == (string?)edge!["target"]));
        Assert.Equal("Root", (string?)graph["tree_structure"]!["memory_type"]);
        Assert.Equal((int?)graph["total_nodes"], cube["memory_statistics"]!.AsObject().Sum(pair => (int)pair.Value!));
        Assert.Single((await server.OkAsync(HttpMethod.Post, "/product/get_all", new { user_id = _user, memory_type = "text_mem", search_query = "cat" }))["data"]!.AsArray());
        Assert.Empty((await server.OkAsync(HttpMethod.Post, "/product/get_all", new { user_id = _user, memory_type = "act_mem" }))["data"]!.AsArray());
        Assert.Equal(422, (await server.PostAsync("/product/get_all", new { user_id = _user, memory_type = "all" })).Status);
    }

    [Fact]
    public async Task Several_memories_are_read_by_a_bare_list_and_their_users_are_told()
    {
        string one = await AddAsync("The first lamp."), two = await AddAsync("The second lamp.", "bob");
        JsonNode read = await server.OkAsync(HttpMethod.Post, "/product/get_memory_by_ids", new[] { one, two, "nonsense", "01890000-0000-7000-8000-000000000000" });
        Assert.Equal([one, two], read["data"]!["memories"]!.AsArray().Select(item => (string)item!["id"]!));
        JsonNode names = (await server.OkAsync(HttpMethod.Post, "/product/get_user_names_by_memory_ids", new { memory_ids = new[] { one, two, "nonsense" } }))["data"]!;
        Assert.Equal((_user, "bob"), ((string?)names[one], (string?)names[two]));
        Assert.True(names.AsObject().ContainsKey("nonsense") && names["nonsense"] is null);
        JsonNode board = (await server.OkAsync(HttpMethod.Post, "/product/get_memory_dashboard", new { user_id = _user }))["data"]!;
        Assert.Equal((2, 0), ((int?)board["statistics"]!["total_text_nodes"], (int?)board["statistics"]!["total_skill_nodes"]));
    }

    [Fact]
    public async Task A_memory_is_deleted_by_record_recovered_and_erased()
    {
        string id = await AddAsync("The jar is full.");
        foreach (int time in (int[])[1, 2]) // doing it again does no harm
        {
            JsonNode deleted = await server.OkAsync(HttpMethod.Post, "/product/delete_memory_by_record_id", new { mem_cube_id = _user, record_id = id });
            Assert.Equal(("Called Successfully", "success"), ((string?)deleted["message"], (string?)deleted["data"]!["status"]));
            Assert.Equal(0, await FoundAsync("jar"));
        }

        await server.OkAsync(HttpMethod.Post, "/product/recover_memory_by_record_id", new { mem_cube_id = _user, delete_record_id = id });
        Assert.Equal(1, await FoundAsync("jar"));
        await server.OkAsync(HttpMethod.Post, "/product/delete_memory_by_record_id", new { mem_cube_id = _user, record_id = id, hard_delete = true });
        Assert.Equal(404, (await server.PostAsync("/product/recover_memory_by_record_id", new { mem_cube_id = _user, delete_record_id = id })).Status);
    }

    [Fact]
    public async Task A_memory_is_updated_archived_activated_and_ended_with_versions_kept()
    {
        string id = await AddAsync("The hall is booked for May.");
        await server.OpenMemAsync("update/memory", new { memory_id = id, content = "The hall is booked for June.", title = "Hall" });
        JsonNode read = (await server.OkAsync(HttpMethod.Get, $"/api/openmem/v1/get/memory/{id}"))["data"]!;
        Assert.Equal(("The hall is booked for June.", "Hall", "detail_factual", "activated", _user), ((string?)read["content"], (string?)read["title"], (string?)read["memory_view"], (string?)read["status"], (string?)read["user_id"]));
        Assert.NotEmpty(read["message_ids"]!.AsArray());
        await server.OpenMemAsync("update/memory", new { memory_id = id, status = "archived" });
        Assert.Equal(0, await FoundAsync("hall"));
        await server.OpenMemAsync("update/memory", new { memory_id = id, status = "activated" });
        Assert.Equal(1, await FoundAsync("hall"));
        await server.OpenMemAsync("update/memory", new { memory_id = id, status = "deleted" });
        Assert.Equal(0, await FoundAsync("hall"));
        Assert.Equal("The hall is booked for May.", (string?)(await server.OkAsync(HttpMethod.Get, $"/api/v1/vaults/{_user}/cubes/{id}/versions"))["items"]![0]!["text"]);
        Assert.Equal(501, (await server.PostAsync("/api/openmem/v1/update/memory", new { memory_id = id, status = "resolving" })).Status);
        Assert.Equal(400, (await server.PostAsync("/api/openmem/v1/update/memory", new { memory_id = id })).Status);
    }

    [Fact]
    public async Task A_delete_by_filter_or_kind_stays_inside_its_user()
    {
        string other = $"{_user}-other";
        foreach (string user in (string[])[_user, other])
        {
            await server.OpenMemAsync("add/message", new { user_id = user, info = new { project = "x" }, messages = new[] { new { role = "user", content = "memo of x" } } });
            await server.OpenMemAsync("add/message", new { user_id = user, info = new { project = "y" }, messages = new[] { new { role = "user", content = "memo of y" } } });
        }

        await server.OpenMemAsync("delete/memory", new { user_id = _user, filter = new { project = "x" } });
        Assert.Equal((1, 2), (await TotalAsync(_user), await TotalAsync(other)));
        await server.OpenMemAsync("delete/memory", new { user_id = other, memory_type = "preference" });
        Assert.Equal(2, await TotalAsync(other));
        await server.OpenMemAsync("delete/memory", new { user_id = other });
        Assert.Equal((1, 0), (await TotalAsync(_user), await TotalAsync(other)));
        Assert.Equal(400, (await server.PostAsync("/api/openmem/v1/delete/memory", new { user_id = _user, filter = new { } })).Status);
        Assert.Equal(400, (await server.PostAsync("/api/openmem/v1/delete/memory", $$$"""{"user_id":"{{{_user}}}","filter":{"and":[]}}""")).Status);
        Assert.Equal(1, await TotalAsync(_user));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"knowledgebase":{"project":"x"}}""")]
    [InlineData("""{"public":{"project":"x"}}""")]
    [InlineData("""{"or":[{},{"project":"x"}]}""")]
    public async Task A_filter_that_says_nothing_of_a_user_is_no_leave_to_delete_all_of_an_agent(string filter)
    {
        await server.OpenMemAsync("add/message", new { user_id = _user, agent_id = "bot", messages = new[] { new { role = "user", content = "memo of x" } } });
        Assert.Equal(400, (await server.PostAsync("/api/openmem/v1/delete/memory", $$$"""{"user_id":"{{{_user}}}","agent_id":"bot","filter":{{{filter}}}}""")).Status);
        Assert.Equal(1, await TotalAsync(_user));
    }

    [Fact]
    public async Task Events_stand_among_the_facts_or_in_a_list_of_their_own_when_asked_for()
    {
        await server.OpenMemAsync("add/message", new { user_id = _user, async_mode = false, messages = new[] { new { role = "user", name = "Ann", content = "I met Tom at the harbour yesterday. It rained.", chat_time = "2026-01-02 10:00:00" } } });
        JsonNode all = await server.OpenMemAsync("get/memory", new { user_id = _user });
        JsonNode apart = await server.OpenMemAsync("get/memory", new { user_id = _user, include_memory_view = new[] { "detail_factual", "event" } });
        Assert.Empty(all["event_detail_list"]!.AsArray());
        JsonNode happened = Assert.Single(apart["event_detail_list"]!.AsArray())!;
        Assert.Equal("EventMemory", (string?)happened["event_type"]);
        Assert.StartsWith("2026-01-01", (string?)happened["event_time"]![0], StringComparison.Ordinal);
        Assert.Equal(all["memory_detail_list"]!.AsArray().Count, apart["memory_detail_list"]!.AsArray().Count + 1);
        Assert.Equal(400, (await server.PostAsync("/api/openmem/v1/get/memory", new { user_id = _user, include_memory_view = new[] { "dreams" } })).Status);
    }

    [Fact]
    public async Task Suggestions_are_questions_about_names_in_the_dialogue_or_in_memory()
    {
        await AddAsync("Yesterday I met Tom in Vienna.");
        JsonNode fromMemory = await server.OkAsync(HttpMethod.Post, "/product/suggestions", new { user_id = _user, mem_cube_id = _user, language = "en" });
        Assert.Contains("What do you remember about Vienna?", fromMemory["data"]!["query"]!.AsArray().Select(question => (string)question!));
        JsonNode fromTalk = await server.OkAsync(HttpMethod.Post, "/product/suggestions", new { user_id = _user, mem_cube_id = _user, message = new[] { new { role = "user", content = "I saw Otto." } } });
        Assert.Equal("关于Otto，你还记得什么？", (string?)fromTalk["data"]!["query"]![0]);
    }

    [Fact]
    public async Task Memories_are_extracted_without_being_stored_and_documents_are_ordered()
    {
        JsonNode extracted = await server.OpenMemAsync("extract/memory", new { messages = new[] { new { role = "user", content = "I live in Graz. I prefer tea to coffee." } } });
        Assert.Contains("Graz", (string?)extracted["memory_detail_list"]![0]!["memory_value"], StringComparison.Ordinal);
        Assert.Contains("tea", (string?)extracted["preference_detail_list"]![0]!["preference"], StringComparison.Ordinal);
        JsonNode ranked = await server.OkAsync(HttpMethod.Post, "/api/openmem/v1/rerank", new { query = "Where is the boat?", documents = new[] { "Bread is baked at six.", "The boat lies in the harbour." }, model = "memos-reranker-0.6b", top_n = 1 });
        Assert.Equal((1, "The boat lies in the harbour."), ((int?)ranked["results"]![0]!["index"], (string?)ranked["results"]![0]!["document"]!["text"]));
        Assert.False(ranked.AsObject().ContainsKey("code"));
        Assert.NotEqual("memos-reranker-0.6b", (string?)ranked["model"]); // it says which model it was
    }

    private async Task<string> AddAsync(string text, string? user = null) =>
        (string)(await server.OkAsync(HttpMethod.Post, "/product/add", new { user_id = user ?? _user, writable_cube_ids = new[] { _user }, messages = text }))["data"]![0]!["memory_id"]!;

    private async Task<int> FoundAsync(string query) => (await server.OpenMemAsync("search/memory", new { user_id = _user, query }))["memory_detail_list"]!.AsArray().Count;

    private async Task<int> TotalAsync(string user) => (int)(await server.OpenMemAsync("get/memory", new { user_id = user }))["total"]!;
}
