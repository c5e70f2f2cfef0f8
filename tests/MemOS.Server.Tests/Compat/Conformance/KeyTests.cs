using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace MemOS.Server.Tests.Compat.Conformance;

/// <summary>Conformance 3, and what a key opens on both surfaces.</summary>
public sealed class KeyTests : IAsyncLifetime
{
    private readonly ServerFixture _server = new() { Configure = settings => settings with { KeyHeader = "X-Memory-Key" } };

    public Task InitializeAsync() => _server.InitializeAsync();

    public Task DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [InlineData("Authorization", "Bearer $K", 200)]
    [InlineData("Authorization", "Token $K", 200)]
    [InlineData("Authorization", "$K", 200)]
    [InlineData("X-Memory-Key", "$K", 200)]
    [InlineData("X-Other-Key", "$K", 401)]
    [InlineData("Authorization", "Token wrong", 401)]
    [InlineData("X-Memory-Key", "wrong", 401)]
    public async Task A_key_is_taken_in_every_form_that_clients_send(string header, string value, int status)
    {
        using HttpClient client = new() { BaseAddress = _server.Client.BaseAddress };
        client.DefaultRequestHeaders.TryAddWithoutValidation(header, value.Replace("$K", _server.Key, StringComparison.Ordinal));
        foreach ((string path, int refused) in ((string, int)[])[("/product/search", 401), ("/api/openmem/v1/search/memory", header == "Authorization" ? 40132 : 40100)])
        {
            using HttpResponseMessage response = await client.PostAsJsonAsync(path, new { user_id = "u", query = "q" });
            Assert.Equal((path, (HttpStatusCode)status), (path, response.StatusCode));
            JsonNode body = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
            Assert.True(status == 200 || refused == (int?)body["code"], body.ToJsonString());
        }
    }

    [Fact]
    public async Task One_key_covers_a_project_makes_its_cubes_and_reaches_nothing_of_another()
    {
        await _server.OpenMemAsync("add/message", new { user_id = "globex/ann", messages = new[] { new { role = "user", content = "The code of the safe is heliotrope." } } });
        string foreign = (string)(await _server.OpenMemAsync("search/memory", new { query = "safe", user_id = "globex/ann" }))["memory_detail_list"]![0]!["id"]!;
        JsonNode made = await _server.OkAsync(HttpMethod.Post, "/api/v1/keys", new { name = "acme", vaults = new[] { "acme/*" } });
        using HttpClient acme = new() { BaseAddress = _server.Client.BaseAddress };
        acme.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", $"Token {(string)made["key"]!}");

        foreach (string user in (string[])["acme/one", "acme/two"])
        {
            Assert.Equal(200, (await SendAsync("/product/add", new { user_id = user, messages = "The lamp is on." })).Status);
        }

        JsonNode bases = (await SendAsync("/api/openmem/v1/create/knowledgebase", new { knowledgebase_name = "Manuals" })).Body;
        Assert.StartsWith("acme/kb-", (string?)bases["data"]!["id"], StringComparison.Ordinal);
        (string Path, object Body, int Status, int Code)[] foreignCalls =
        [
            ("/product/add", new { user_id = "globex/ann", messages = "x y z" }, 403, 403),
            ("/product/feedback", new { user_id = "globex/ann", history = (object?)null, feedback_content = "Forget the code." }, 403, 403),
            ("/product/get_all", new { user_id = "globex/ann", memory_type = "text_mem" }, 404, 404),
            ("/product/get_memory_dashboard", new { user_id = "globex/ann" }, 404, 404),
            ("/product/suggestions", new { user_id = "globex/ann", mem_cube_id = "globex/ann" }, 404, 404),
            ("/product/delete_memory_by_record_id", new { mem_cube_id = "globex/ann", record_id = foreign }, 404, 404),
            ("/api/openmem/v1/add/message", new { user_id = "globex/ann", messages = new[] { new { role = "user", content = "x y z" } } }, 403, 40310),
            ("/api/openmem/v1/add/feedback", new { user_id = "globex/ann", feedback_content = "Forget the code." }, 403, 40310),
            ("/api/openmem/v1/update/memory", new { memory_id = foreign, content = "gone" }, 404, 40001),
            ("/api/openmem/v1/delete/memory", new { memory_ids = new[] { foreign } }, 404, 40307),
        ];
        foreach ((string path, object body, int status, int code) in foreignCalls)
        {
            (int answered, JsonNode answer) = await SendAsync(path, body);
            Assert.Equal((path, status, code), (path, answered, (int)answer["code"]!));
        }

        // Nothing there to be seen is no failure; nor does it tell whether there is something.
        (string Path, object Body)[] empty =
        [
            ("/product/search", new { user_id = "globex/ann", query = "code of the safe" }),
            ("/product/get_memory_by_ids", new[] { foreign }),
            ("/product/get_user_names_by_memory_ids", new { memory_ids = new[] { foreign } }),
            ("/product/exist_mem_cube_id", new { mem_cube_id = "globex/ann" }),
            ("/api/openmem/v1/search/memory", new { user_id = "globex/ann", query = "code of the safe", knowledgebase_ids = "all" }),
            ("/api/openmem/v1/get/memory", new { user_id = "globex/ann" }),
            ("/api/openmem/v1/get/message", new { user_id = "globex/ann", conversation_id = "c" }),
            ("/api/openmem/v1/delete/memory", new { user_id = "globex/ann" }),
        ];
        foreach ((string path, object body) in empty)
        {
            (int answered, JsonNode answer) = await SendAsync(path, body);
            Assert.Equal((path, 200), (path, answered));
            Assert.DoesNotContain("heliotrope", answer.ToJsonString(), StringComparison.Ordinal);
        }

        Assert.Equal("The code of the safe is heliotrope.", (string?)(await _server.GetAsync($"/api/openmem/v1/get/memory/{foreign}")).Body["data"]!["content"]);

        async Task<(int Status, JsonNode Body)> SendAsync(string path, object body)
        {
            using HttpResponseMessage response = await acme.PostAsJsonAsync(path, body);
            return ((int)response.StatusCode, JsonNode.Parse(await response.Content.ReadAsStringAsync())!);
        }
    }

    [Fact]
    public async Task A_key_for_fixed_names_makes_no_knowledge_base()
    {
        JsonNode made = await _server.OkAsync(HttpMethod.Post, "/api/v1/keys", new { name = "one", vaults = new[] { "one" } });
        (int status, JsonNode body) = await _server.SendAsync(HttpMethod.Post, "/api/openmem/v1/create/knowledgebase", new { knowledgebase_name = "x" }, ("X-Memory-Key", (string)made["key"]!));
        Assert.Equal(200, status); // the header of the fixture's own key counts first
        using HttpClient client = new() { BaseAddress = _server.Client.BaseAddress };
        client.DefaultRequestHeaders.TryAddWithoutValidation("X-Memory-Key", (string)made["key"]!);
        using HttpResponseMessage response = await client.PostAsJsonAsync("/api/openmem/v1/create/knowledgebase", new { knowledgebase_name = "x" });
        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.NotNull(body["data"]!["id"]);
    }
}
