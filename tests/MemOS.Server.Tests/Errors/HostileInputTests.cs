using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace MemOS.Server.Tests.Errors;

/// <summary>Bad input is refused with a reason, leaves nothing behind, and never looks like a fault of the server.</summary>
[Collection(RunningServer.Name)]
public sealed class HostileInputTests(ServerFixture server)
{
    private static readonly string Deep = string.Concat(Enumerable.Repeat("[", 5000)) + string.Concat(Enumerable.Repeat("]", 5000));

    public static TheoryData<string, string> Bodies() => new()
    {
        { "steering", "{}" },
        { "steering", """{"pairs":[]}""" },
        { "steering", """{"pairs":[null]}""" },
        { "steering", """{"pairs":[{"towards":"a"}]}""" },
        { "steering", """{"pairs":[{"towards":"a","away":"b"}],"tags":[null]}""" },
        { "steering", """{"pairs":[{"towards":"a","away":"b"}],"first_layer":1}""" },
        { "messages", "" },
        { "messages", "{" },
        { "messages", "null" },
        { "messages", "[]" },
        { "messages", "{}" },
        { "messages", "\"text\"" },
        { "messages", """{"messages":null}""" },
        { "messages", """{"messages":[]}""" },
        { "messages", """{"messages":[null]}""" },
        { "messages", """{"messages":[{}]}""" },
        { "messages", """{"messages":[{"text":""}]}""" },
        { "messages", """{"messages":[{"text":"   \n "}]}""" },
        { "messages", """{"messages":[{"text":5}]}""" },
        { "messages", """{"messages":[{"text":"ok","name":"Ann"}]}""" },
        { "messages", """{"messages":[{"text":"ok","role":"pirate"}]}""" },
        { "messages", """{"messages":[{"text":"ok","time":"2023-02-30"}]}""" },
        { "messages", """{"messages":[{"text":"ok","time":"yesterday"}]}""" },
        { "messages", """{"messages":[{"text":"ok","time":"99999-01-01T00:00:00Z"}]}""" },
        { "messages", """{"messages":[{"text":"half \ud800 pair"}]}""" },
        { "messages", """{"messages":[{"text":"ok","id":"line\nbreak"}]}""" },
        { "messages", """{"messages":[{"text":"ok","tags":[null]}]}""" },
        { "messages", """{"messages":[{"text":"ok","tags":"one"}]}""" },
        { "messages", """{"messages":[{"text":"ok","info":{"a":{"b":1}}}]}""" },
        { "messages", """{"messages":[{"text":"ok","info":{"a":"\ud800"}}]}""" },
        { "messages", """{"messages":[{"text":"ok","attachments":[{"kind":"bomb"}]}]}""" },
        { "messages", """{"messages":[{"text":"ok"},{"text":"ok","id":"x"},{"text":"other","id":"x"}]}""" },
        { "messages", $$"""{"messages":[{"text":"ok","id":"{{new string('i', 201)}}"}]}""" },
        { "messages", $$"""{"messages":[{"text":"{{new string('t', 1_000_001)}}"}]}""" },
        { "messages", $$"""{"messages":{{Deep}}}""" },
        { "messages", $$"""{"messages":[{"text":"ok","info":{{Deep}}}]}""" },
        { "documents", """{"name":"","text":"x"}""" },
        { "documents", """{"name":"n","text":""}""" },
        { "documents", """{"name":"n","text":"x","format":"docx"}""" },
        { "recall", """{"text":""}""" },
        { "recall", """{"text":"x","limit":0}""" },
        { "recall", """{"text":"x","limit":1001}""" },
        { "recall", """{"text":"x","limit":1e99}""" },
        { "recall", """{"text":"x","limit":"10"}""" },
        { "recall", """{"text":"x","token_budget":0}""" },
        { "recall", """{"text":"x","minimum_relevance":2}""" },
        { "recall", """{"text":"x","reference_time":"soon"}""" },
        { "recall", """{"text":"x","as_of":"2023-13-01T00:00:00Z"}""" },
        { "recall", """{"text":"x","filter":[]}""" },
        { "recall", """{"text":"x","filter":"speaker"}""" },
        { "recall", """{"text":"x","filter":{"no_such_field":1}}""" },
        { "recall", """{"text":"x","filter":{"speaker":{"resembles":"Ann"}}}""" },
        { "recall", """{"text":"x","filter":{"speaker":"\ud800"}}""" },
        { "recall", """{"text":"x","filter":{"\ud800":1}}""" },
        { "recall", $$"""{"text":"{{new string('q', 40_000)}}"}""" },
        { "cubes", """{"text":""}""" },
        { "cubes", """{"text":"x","id":"not a uuid"}""" },
        { "cubes", """{"text":"x","type":"with space"}""" },
        { "cubes", """{"text":"x","origin":"dream"}""" },
        { "cubes", """{"text":"x","governance":{"priority":500}}""" },
        { "cubes", """{"text":"x","governance":{"layer":"secret"}}""" },
        { "cubes", """{"text":"x","governance":{"sensitivty":"secret"}}""" },
        { "cubes", """{"text":"x","valid":{"until":"2024-01-01T00:00:00Z"}}""" },
        { "cubes", """{"text":"x","governance":{"half_life_hours":1e308}}""" },
        { "cubes", """{"text":"x","valid":{"from":"2024-01-02T00:00:00Z","to":"2024-01-01T00:00:00Z"}}""" },
        { "cubes/fuse", """{"cubes":[]}""" },
        { "cubes/fuse", """{"cubes":["00000000-0000-0000-0000-000000000000","00000000-0000-0000-0000-000000000000"]}""" },
        { "cubes/compose", """{"cubes":[]}""" },
        { "cubes/00000000-0000-0000-0000-000000000000/slice", """{"cuts":[1]}""" },
        { "cubes/11111111-1111-1111-1111-111111111111/rollback", """{"version":-1}""" },
        { "cubes/11111111-1111-1111-1111-111111111111/transition", """{"state":"asleep"}""" },
        { "cubes/not-a-uuid/join", "{}" },
        { "branches", """{"name":""}""" },
        { "branches", """{"name":"main"}""" },
        { "branches", """{"name":"with space"}""" },
        { "branches/nope/merge", "" },
        { "forget", "{}" },
        { "forget", """{"cubes":[],"messages":[]}""" },
        { "forget", """{"messages":[null]}""" },
        { "forget", """{"everything":"yes"}""" },
        { "rollback", "{}" },
    };

    public static TheoryData<string, string> ProductBodies() => new()
    {
        { "add", "" },
        { "add", "[]" },
        { "add", "{}" },
        { "add", """{"user_id":"u"}""" },
        { "add", """{"messages":"hi"}""" },
        { "add", """{"user_id":5,"messages":"hi"}""" },
        { "add", """{"user_id":"u","messages":5}""" },
        { "add", """{"user_id":"u","messages":[5]}""" },
        { "add", """{"user_id":"u","messages":[{"content":"no role"}]}""" },
        { "add", """{"user_id":"u","messages":[{"role":"pirate","content":"x"}]}""" },
        { "add", """{"user_id":"u","messages":[{"role":"user","content":5}]}""" },
        { "add", """{"user_id":"u","messages":[{"role":"user","content":[{"type":"hologram"}]}]}""" },
        { "add", """{"user_id":"u","messages":[{"role":"user","content":"\ud800"}]}""" },
        { "add", """{"user_id":"u","messages":[{"role":"user","content":" "}]}""" },
        { "add", """{"user_id":"u","messages":[{"role":"assistant","tool_calls":[{"id":"1"}]}]}""" },
        { "add", """{"user_id":"u","messages":"hi","async_mode":"later"}""" },
        { "add", """{"user_id":"u","messages":"hi","mode":"slow"}""" },
        { "add", """{"user_id":"u","messages":"hi","info":[1]}""" },
        { "add", """{"user_id":"u","messages":"hi","custom_tags":[1]}""" },
        { "add", """{"user_id":"u","messages":"hi","session_id":"a","conversation_id":"b"}""" },
        { "add", """{"user_id":"u","doc_path":"/etc/passwd"}""" },
        { "add", """{"user_id":"u\u0000","messages":"hi"}""" },
        { "add", $$"""{"user_id":"{{new string('u', 101)}}","messages":"hi"}""" },
        { "search", "{}" },
        { "search", """{"query":"x"}""" },
        { "search", """{"user_id":"u"}""" },
        { "search", """{"query":"x","user_id":"u","top_k":0}""" },
        { "search", """{"query":"x","user_id":"u","top_k":1000000}""" },
        { "search", """{"query":"x","user_id":"u","pref_top_k":-1}""" },
        { "search", """{"query":"x","user_id":"u","relativity":-1}""" },
        { "search", """{"query":"x","user_id":"u","mode":"guess"}""" },
        { "search", """{"query":"x","user_id":"u","dedup":"perhaps"}""" },
        { "search", """{"query":"x","user_id":"u","search_memory_type":"Secret"}""" },
        { "search", """{"query":"x","user_id":"u","reference_time":"soon"}""" },
        { "search", """{"query":"x","user_id":"u","filter":{"tags":{"wibbles":1}}}""" },
        { "search", """{"query":"x","user_id":"u","filter":{"and":{}}}""" },
        { "search", """{"query":"x","user_id":"u","filter":{"u":{"a":1},"b":{"c":1}}}""" },
        { "search", """{"query":"x","user_id":"u","filter":{"status":"asleep"}}""" },
        { "search", """{"query":"x","user_id":"u","filter":7}""" },
        { "create_cube", "{}" },
        { "create_cube", """{"cube_name":"x"}""" },
        { "create_cube", """{"cube_name":"x","owner_id":"o","cube_path":"/etc"}""" },
        { "get_memory", "{}" },
        { "get_memory", """{"mem_cube_id":"never made"}""" },
        { "get_memory", """{"mem_cube_id":"x","page":0}""" },
        { "delete_memory", "{}" },
        { "delete_memory", """{"writable_cube_ids":["x"]}""" },
        { "delete_memory", """{"memory_ids":["a"]}""" },
        { "delete_memory", """{"writable_cube_ids":["x"],"memory_ids":["a"]}""" },
        { "delete_memory", """{"writable_cube_ids":["x"],"filter":{}}""" },
        { "delete_memory", """{"writable_cube_ids":["x"],"filter":{"and":[]}}""" },
        { "delete_memory", """{"writable_cube_ids":["x"],"filter":{"x":null}}""" },
        { "delete_memory", """{"writable_cube_ids":["x"],"filter":{"x":{"and":[{}]}}}""" },
        { "delete_memory", """{"writable_cube_ids":["x"],"memory_ids":["a"],"filter":{"a":1}}""" },
        { "delete_memory", """{"writable_cube_ids":["x"],"user_id":"u","session_id":"a","conversation_id":"b"}""" },
        { "exist_mem_cube_id", "{}" },
        { "no_such_route", "{}" },
    };

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task The_native_interface_refuses_with_a_reason_and_stores_nothing(string path, string body)
    {
        string vault = Uri.EscapeDataString(await server.NewVaultAsync());
        (int status, JsonNode problem) = await server.PostAsync($"/api/v1/vaults/{vault}/{path}", body);
        Assert.InRange(status, 400, 499);
        Assert.StartsWith("urn:memos:error:", (string?)problem["type"], StringComparison.Ordinal);
        Assert.NotEmpty((string?)problem["detail"] ?? "");
        Assert.DoesNotContain("   at ", problem.ToJsonString(), StringComparison.Ordinal);
        Assert.DoesNotContain("MemOS.Api", problem.ToJsonString(), StringComparison.Ordinal);
        JsonNode after = await server.OkAsync(HttpMethod.Get, $"/api/v1/vaults/{vault}");
        Assert.Equal((0, 0), ((int?)after["messages"], (int?)after["versions"]));
    }

    [Theory]
    [MemberData(nameof(ProductBodies))]
    public async Task The_compatible_wire_refuses_in_its_envelope(string path, string body)
    {
        (int status, JsonNode answer) = await server.PostAsync($"/product/{path}", body);
        Assert.InRange(status, 400, 499);
        Assert.Equal(status, (int?)answer["code"]);
        Assert.NotEmpty((string?)answer["message"] ?? "");
        Assert.True(answer.AsObject().TryGetPropertyValue("data", out JsonNode? data) && data is null);
        Assert.Equal(status == 422, answer["detail"] is JsonArray { Count: > 0 });
    }

    [Fact]
    public async Task Invalid_utf8_is_refused()
    {
        foreach (string url in (string[])["/product/add", $"/api/v1/vaults/{Uri.EscapeDataString(await server.NewVaultAsync())}/messages"])
        {
            byte[] body = [.. """{"user_id":"u","messages":[{"role":"user","text":"""u8, .. "\""u8, 0xff, 0xfe, .. "\",\"content\":\""u8, 0xc3, 0x28, .. "\"}]}"u8];
            using ByteArrayContent content = new(body);
            content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            using HttpResponseMessage response = await server.Client.PostAsync(url, content);
            Assert.InRange((int)response.StatusCode, 400, 499);
        }
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("multipart/form-data; boundary=x")]
    public async Task Another_content_type_is_refused(string type)
    {
        foreach (string url in (string[])["/product/search", "/api/v1/vaults"])
        {
            using StringContent content = new("""{"id":"x"}""", Encoding.UTF8);
            content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
            using HttpResponseMessage response = await server.Client.PostAsync(url, content);
            Assert.Equal(415, (int)response.StatusCode);
        }
    }

    [Fact]
    public async Task A_body_of_more_than_32_MiB_is_refused()
    {
        using StringContent content = new($$"""{"text":"{{new string('x', 33 << 20)}}"}""", Encoding.UTF8, "application/json");
        using HttpRequestMessage request = new(HttpMethod.Post, "/api/v1/vaults/x/recall") { Content = content };
        request.Headers.ExpectContinue = true; // else the client may fail to send before it reads the refusal
        using HttpResponseMessage response = await server.Client.SendAsync(request);
        Assert.Equal(413, (int)response.StatusCode);
        Assert.Contains("body_too_large", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET", "/", 404)]
    [InlineData("GET", "/api/v1/wat", 404)]
    [InlineData("PUT", "/api/v1/vaults", 405)]
    [InlineData("GET", "/api/v1/vaults?limit=abc", 400)]
    [InlineData("GET", "/api/v1/vaults?limit=0", 400)]
    [InlineData("GET", "/api/v1/vaults/nope", 404)]
    [InlineData("GET", "/api/v1/vaults/%FF%FE", 404)]
    [InlineData("GET", "/api/v1/vaults/..%2f..%2fetc%2fpasswd", 404)]
    [InlineData("DELETE", "/api/v1/vaults/..%2f..%2fetc", 404)]
    [InlineData("GET", "/api/v1/vaults/nope/audit?from=never", 400)]
    [InlineData("GET", "/api/v1/vaults/nope/cubes/x", 404)]
    [InlineData("GET", "/api/v1/vaults/nope/export", 404)]
    [InlineData("GET", "/product/get_memory/nope", 404)]
    [InlineData("GET", "/product/get_memory/01a203bd-2f40-7d03-b4f9-adf91d9a8be7", 404)]
    public async Task Addresses_that_name_nothing_are_explained(string method, string url, int expected)
    {
        (int status, JsonNode body) = await server.SendAsync(new HttpMethod(method), url);
        Assert.Equal(expected, status);
        Assert.NotEmpty((string?)(body["detail"] ?? body["message"]) ?? "");
    }
}
