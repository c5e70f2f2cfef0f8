using System.Text.Json.Nodes;

namespace MemOS.Server.Tests.Compat.Conformance;

/// <summary>Conformance 11: both filter grammars, nested, for each source and each cube; the rest is refused.</summary>
[Collection(RunningServer.Name)]
public sealed class FilterTests(ServerFixture server)
{
    private readonly string _user = $"user-{Guid.CreateVersion7():N}";

    [Theory]
    [InlineData("""{"agent_id":"a"}""", "alpha")]
    [InlineData("""{"user":{"agent_id":"b"}}""", "beta")]
    [InlineData("""{"user":{"and":[{"or":[{"tags":{"contains":"red"}},{"tags":{"contains":"blue"}}]},{"agent_id":"a"}]}}""", "alpha")]
    [InlineData("""{"or":[{"rank":{"gte":5}},{"and":[{"agent_id":"a"},{"tags":{"contains":"none"}}]}]}""", "beta")]
    [InlineData("""{"create_time":{"gte":"2020-01-01"},"update_time":{"lt":"2020-01-01"}}""", "")]
    [InlineData("""{"create_time":{"gte":"2020-01-01"}}""", "alpha beta")]
    [InlineData("""{"agent_id":{"in":["a","b"]}}""", "alpha beta")]
    [InlineData("""{"knowledgebase":{"agent_id":"a"}}""", "alpha beta")]
    [InlineData("""{"public":{"agent_id":"a"}}""", "alpha beta")]
    public async Task Openmem_filters_hold_nested_and_for_each_source(string filter, string found)
    {
        await AddAsync("alpha", "a", "red", 1);
        await AddAsync("beta", "b", "blue", 9);
        foreach (string path in (string[])["search/memory", "get/memory"])
        {
            JsonNode data = await server.OpenMemAsync(path, $$"""{"query":"note","user_id":"{{_user}}","relativity":0,"filter":{{filter}}}""");
            Assert.Equal(found, string.Join(' ', data["memory_detail_list"]!.AsArray().Select(item => ((string)item!["memory_value"]!).Split(' ')[^1]).Order()));
        }
    }

    [Theory]
    [InlineData("""{"user":{"a":1},"b":2}""")]
    [InlineData("""{"agent_id":{"near":"a"}}""")]
    [InlineData("""{"agent_id":{"in":"a"}}""")]
    [InlineData("""{"and":{"a":1}}""")]
    [InlineData("""[1]""")]
    [InlineData("\"text\"")]
    public async Task What_no_grammar_knows_is_refused_on_both_surfaces(string filter)
    {
        (int status, JsonNode answer) = await server.PostAsync("/api/openmem/v1/search/memory", $$"""{"query":"note","user_id":"{{_user}}","filter":{{filter}}}""");
        Assert.Equal((400, 40000), (status, (int?)answer["code"]));
        if (!filter.Contains("user", StringComparison.Ordinal))
        {
            Assert.Equal(400, (await server.PostAsync("/product/search", $$"""{"query":"note","user_id":"{{_user}}","filter":{{filter}}}""")).Status);
        }
    }

    [Fact]
    public async Task Product_filters_hold_for_each_cube()
    {
        string[] cubes = [$"{_user}-a", $"{_user}-b"];
        foreach (string cube in cubes)
        {
            await server.OkAsync(HttpMethod.Post, "/product/add", new { user_id = _user, writable_cube_ids = new[] { cube }, info = new { kind = "x" }, messages = $"a note x in {cube[^1]}" });
            await server.OkAsync(HttpMethod.Post, "/product/add", new { user_id = _user, writable_cube_ids = new[] { cube }, info = new { kind = "y" }, messages = $"a note y in {cube[^1]}" });
        }

        JsonNode found = await server.OkAsync(HttpMethod.Post, "/product/search", $$$"""{"query":"note","user_id":"{{{_user}}}","relativity":0,"readable_cube_ids":["{{{cubes[0]}}}","{{{cubes[1]}}}"],"filter":{ "{{{cubes[0]}}}":{"kind":"x"},"{{{cubes[1]}}}":{"or":[{"kind":"y"}]} } }""");
        Assert.Equal(["a note x in a", "a note y in b"], found["data"]!["text_mem"]!.AsArray().Select(bucket => ((string)Assert.Single(bucket!["memories"]!.AsArray())!["metadata"]!["sources"]![0]!["content"]!)));
    }

    private Task<JsonNode> AddAsync(string word, string agent, string tag, int rank) => server.OpenMemAsync(
        "add/message", new { user_id = _user, agent_id = agent, tags = new[] { tag }, info = new { rank }, messages = new[] { new { role = "user", content = $"a note called {word}" } } });
}
