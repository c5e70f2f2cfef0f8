using System.Text.Json.Nodes;

namespace MemOS.Server.Tests.Compat.Conformance;

/// <summary>Conformance 2, 6 and 7: what clients send besides, instead, or as null.</summary>
[Collection(RunningServer.Name)]
public sealed class ToleranceTests(ServerFixture server)
{
    private readonly string _user = $"user-{Guid.CreateVersion7():N}";

    [Theory]
    [InlineData("""{"query":"ladder","user_id":"$U","unknown":1,"filter":null,"conversation_id":"","knowledgebase_ids":null,"memory_limit_number":null,"include_preference":null,"source":null}""")]
    [InlineData("""{"query":"ladder","user_id":"$U","top_k":3,"conversation_id":"c"}""")]
    [InlineData("""{"query":"ladder","user_id":"$U","memory_limit_number":"5","relativity":"0.1","context_format":"mixed","mode":"fast","pref_top_k":9}""")]
    [InlineData("""{"query":"ladder","agent_id":"$U"}""")]
    public async Task Openmem_search_takes_what_clients_send(string body)
    {
        await AddAsync();
        JsonNode found = await server.OpenMemAsync("search/memory", body.Replace("$U", _user, StringComparison.Ordinal));
        Assert.Contains("ladder", (string?)found["memory_detail_list"]![0]!["memory_value"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"user_id":["$U"],"messages":[{"role":"user","content":"A ladder stands there."}]}""")]
    [InlineData("""{"user_id":"$U","agent_id":["a","b"],"app_id":null,"tags":"t","info":{"n":1,"l":["x"]},"messages":[{"role":"user","content":[{"type":"text","text":"A ladder stands there."}]}],"allow_public":false,"allow_knowledgebase_ids":[]}""")]
    [InlineData("""{"agent_id":"$U","messages":[{"role":"assistant","tool_calls":[{"id":"1","type":"function","function":{"name":"f","arguments":"{}"}}]},{"role":"tool","tool_call_id":"1","content":"ok"},{"role":"user","content":"A ladder stands there.","chat_time":"2026-01-02 10:00:00.123"}]}""")]
    public async Task Openmem_add_takes_what_clients_send(string body)
    {
        await server.OpenMemAsync("add/message", body.Replace("$U", _user, StringComparison.Ordinal));
        JsonNode found = await server.OpenMemAsync("search/memory", new { query = "Where is a ladder?", user_id = _user });
        Assert.Contains("ladder", found["memory_detail_list"]!.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Several_users_of_a_group_chat_each_remember_it()
    {
        string[] users = [$"{_user}-a", $"{_user}-b"];
        JsonNode added = await server.OpenMemAsync("add/message", new { user_id = users, conversation_id = "g", messages = new[] { new { role = "user", role_name = "Ann", content = "We meet at the ladder." } } });
        foreach (string user in users)
        {
            Assert.Contains("Ann", (string?)(await server.OpenMemAsync("search/memory", new { query = "ladder", user_id = user }))["memory_detail_list"]![0]!["memory_value"], StringComparison.Ordinal);
        }

        Assert.Equal((string?)added["task_id"], (string?)(await server.OpenMemAsync("get/status", new { task_id = (string?)added["task_id"] }))["task_id"]);
    }

    [Fact]
    public async Task Zero_means_none_of_that_kind()
    {
        await AddAsync();
        JsonNode none = await server.OpenMemAsync("search/memory", new { query = "ladder", user_id = _user, memory_limit_number = 0, preference_limit_number = 0, tool_memory_limit_number = 0, skill_limit_number = 0 });
        Assert.Empty(none["memory_detail_list"]!.AsArray());
        JsonNode product = await server.OkAsync(HttpMethod.Post, "/product/search", new { query = "ladder", user_id = _user, pref_top_k = 0, tool_mem_top_k = 0, skill_mem_top_k = 0 });
        Assert.NotEmpty(product["data"]!["text_mem"]![0]!["memories"]!.AsArray());
    }

    [Theory]
    [InlineData("current")]
    [InlineData("page")]
    public async Task Pages_go_by_either_name(string key)
    {
        for (int i = 0; i < 3; i++)
        {
            await server.OpenMemAsync("add/message", new { user_id = _user, messages = new[] { new { role = "user", content = $"note number {i}" } } });
        }

        JsonNode page = await server.OpenMemAsync("get/memory", $$"""{"user_id":"{{_user}}","{{key}}":2,"size":2}""");
        Assert.Equal((3, 2, 2, 2), ((int?)page["total"], (int?)page["size"], (int?)page["current"], (int?)page["pages"]));
        Assert.EndsWith("0", (string?)Assert.Single(page["memory_detail_list"]!.AsArray())!["memory_value"], StringComparison.Ordinal);
        Assert.NotNull(page["memory_detail_list"]![0]!["sources"]);
        Assert.NotNull(page["memory_detail_list"]![0]!["info"]);
    }

    [Fact]
    public async Task The_ids_of_users_beside_ids_of_memories_narrow_a_delete()
    {
        string id = await AddAsync();
        Assert.Equal(404, (await server.PostAsync("/api/openmem/v1/delete/memory", new { user_ids = new[] { $"{_user}-other" }, memory_ids = new[] { id } })).Status);
        await server.OpenMemAsync("delete/memory", new { user_ids = new[] { _user }, memory_ids = new[] { id } });
        Assert.Equal(404, (await server.GetAsync($"/api/openmem/v1/get/memory/{id}")).Status);
    }

    [Fact]
    public async Task A_session_goes_by_either_name_and_two_different_ones_are_refused()
    {
        await server.OkAsync(HttpMethod.Post, "/product/add", new { user_id = _user, conversation_id = "one", messages = "The ladder is red." });
        await server.OkAsync(HttpMethod.Post, "/product/delete_memory", new { writable_cube_ids = _user, session_id = "one" });
        Assert.Equal(422, (await server.PostAsync("/product/add", new { user_id = _user, conversation_id = "one", session_id = "two", messages = "x y z" })).Status);
    }

    private async Task<string> AddAsync()
    {
        await server.OpenMemAsync("add/message", new { user_id = _user, conversation_id = "c", messages = new[] { new { role = "user", content = "The ladder is in the cellar." } } });
        return (string)(await server.OpenMemAsync("search/memory", new { query = "ladder", user_id = _user }))["memory_detail_list"]![0]!["id"]!;
    }
}
