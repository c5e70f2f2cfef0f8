using System.Net.Http.Json;
using System.Text.Json.Nodes;
using MemOS.Server.Tests.OpenAI;

namespace MemOS.Server.Tests.Compat.Conformance;

/// <summary>Conformance 8: chat with memory, at once and as events, in front of a real endpoint.</summary>
public sealed class ChatTests : IAsyncLifetime
{
    private ScriptedUpstream _upstream = null!; // set by InitializeAsync
    private ServerFixture _server = null!;

    public async Task InitializeAsync()
    {
        _upstream = await ScriptedUpstream.StartAsync();
        _server = new ServerFixture { Configure = settings => settings with { Upstream = _upstream.Address, UpstreamKey = ScriptedUpstream.Key } };
        await _server.InitializeAsync();
        await _server.OkAsync(HttpMethod.Post, "/product/add", new { user_id = "ann", writable_cube_ids = new[] { "one" }, messages = "My train to Vienna leaves at nine." });
        await _server.OkAsync(HttpMethod.Post, "/product/add", new { user_id = "ann", writable_cube_ids = new[] { "two" }, messages = "I prefer window seats on trains.", async_mode = "sync" });
    }

    public async Task DisposeAsync()
    {
        await _server.DisposeAsync();
        await _upstream.DisposeAsync();
    }

    [Fact]
    public async Task Complete_answers_without_a_code_with_every_readable_cube_and_remembers_the_exchange()
    {
        JsonNode answer = await _server.OkAsync(HttpMethod.Post, "/product/chat/complete", new
        {
            user_id = "ann",
            query = "When does my train leave?",
            readable_cube_ids = new[] { "one", "two" },
            writable_cube_ids = new[] { "log" },
            history = new[] { new { role = "user", content = "Hello." }, new { role = "assistant", content = "Hi." } },
            system_prompt = "Be short.",
            temperature = 0.5,
            max_tokens = 50,
            top_p = 0.9,
            relativity = 0,
            session_id = "s1",
        });
        Assert.Equal("Chat completed successfully", (string?)answer["message"]);
        Assert.False(answer.AsObject().ContainsKey("code"));
        Assert.StartsWith("You said:", (string?)answer["data"]!["response"], StringComparison.Ordinal);
        Assert.True(answer["data"]!.AsObject().ContainsKey("reasoning") && answer["data"]!["reasoning"] is null);

        JsonObject request = _upstream.Requests.Last();
        Assert.Equal(("echo", 0.5, 50, 0.9), ((string?)request["model"], (double?)request["temperature"], (int?)request["max_tokens"], (double?)request["top_p"]));
        Assert.Equal(["system", "user", "assistant", "user"], request["messages"]!.AsArray().Select(message => (string)message!["role"]!));
        string asked = (string)request["messages"]![3]!["content"]!;
        Assert.Contains("leaves at nine", asked, StringComparison.Ordinal);
        Assert.Contains("window seats", asked, StringComparison.Ordinal);
        Assert.EndsWith("When does my train leave?", asked, StringComparison.Ordinal);

        JsonNode said = await _server.OpenMemAsync("get/message", new { user_id = "log", conversation_id = "s1" });
        Assert.Equal(["When does my train leave?", "You said:"], said["message_detail_list"]!.AsArray().Select(message => ((string)message!["content"]!).Split(" <recalled")[0].Split('\n')[0].Trim()));
    }

    [Fact]
    public async Task Reasoning_is_passed_on_and_an_exchange_that_is_not_to_be_stored_is_not()
    {
        JsonNode answer = await _server.OkAsync(HttpMethod.Post, "/product/chat/complete", new { user_id = "zoe", query = "What is it?", model_name_or_path = "thinker", add_message_on_answer = false });
        Assert.Equal(("Forty-two.", "Six times seven."), ((string?)answer["data"]!["response"], (string?)answer["data"]!["reasoning"]));
        Assert.Equal(404, (await _server.GetAsync("/api/v1/vaults/zoe")).Status);
    }

    [Fact]
    public async Task A_stream_is_data_lines_of_words_and_a_final_end()
    {
        JsonNode[] events = await EventsAsync("/product/chat/stream", new { user_id = "ann", query = "one two three", readable_cube_ids = "none yet" });
        Assert.Equal(["text", "text", "text", "end"], events.Select(e => (string)e["type"]!));
        Assert.Equal("one two three", string.Concat(events.Select(e => (string?)e["data"])));
        JsonNode[] hosted = await EventsAsync("/api/openmem/v1/chat", new { user_id = "bob", conversation_id = "c", query = "four five", stream = true });
        Assert.Equal(["text", "text", "end"], hosted.Select(e => (string)e["type"]!));
        Assert.Contains("four five", (await _server.OpenMemAsync("get/message", new { user_id = "bob", conversation_id = "c" })).ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_playground_tells_what_it_does_in_order_and_invents_no_speed()
    {
        JsonNode[] events = await EventsAsync("/product/chat/stream/playground", new { user_id = "ann", query = "Which train?", readable_cube_ids = new[] { "one", "two" }, relativity = 0 });
        string[] types = [.. events.Select(e => (string)e["type"]!).Distinct()];
        Assert.Equal(["status", "reference", "pref_md_string", "text", "time", "suggestion", "end"], types);
        Assert.Equal(["0", "1", "2"], events.Where(e => (string?)e["type"] == "status").Select(e => (string)e["data"]!));
        JsonNode reference = events.First(e => (string?)e["type"] == "reference")["data"]![0]!["metadata"]!;
        Assert.DoesNotContain("[", (string?)reference["ref_id"], StringComparison.Ordinal);
        Assert.Contains("train", (string?)reference["memory"], StringComparison.Ordinal);
        Assert.Equal(["total_time"], events.First(e => (string?)e["type"] == "time")["data"]!.AsObject().Select(pair => pair.Key));
    }

    [Fact]
    public async Task A_stream_that_breaks_off_says_so_and_ends()
    {
        using HttpRequestMessage request = new(HttpMethod.Post, "/product/chat/stream") { Content = JsonContent.Create(new { user_id = "eve", query = "Go on.", model_name_or_path = "broken" }) };
        using HttpResponseMessage response = await _server.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        using StreamReader reader = new(await response.Content.ReadAsStreamAsync());
        Assert.Contains("half", await reader.ReadLineAsync(), StringComparison.Ordinal);
        _upstream.Break.TrySetResult();
        JsonNode[] events = Events(await reader.ReadToEndAsync());
        Assert.Equal("end", (string?)events[^1]["type"]);
        Assert.Equal("error", (string?)events[^2]["type"]);
        Assert.NotEmpty((string)events[^2]["content"]!);
        JsonNode kept = await _server.OpenMemAsync("search/memory", new { user_id = "eve", query = "Go on.", relativity = 0 });
        Assert.Empty(kept["memory_detail_list"]!.AsArray()); // half an answer is none
    }

    [Theory]
    [InlineData("unknown", 400, 40000, "echo")]
    [InlineData("limited", 429, 40309, "rate limit")]
    [InlineData("nonsense", 502, 50002, "")]
    [InlineData("torn", 502, 50002, "")]
    public async Task A_fault_of_the_model_is_told_with_its_own_status(string model, int status, int code, string words)
    {
        using HttpResponseMessage response = await _server.Client.PostAsJsonAsync("/api/openmem/v1/chat", new { user_id = "ann", conversation_id = "c", query = "x", model_name = model });
        JsonNode body = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        Assert.Equal((status, code), ((int)response.StatusCode, (int)body["code"]!));
        Assert.Contains(words, (string?)body["message"], StringComparison.Ordinal);
        Assert.Equal(status == 429 || model == "torn", response.Headers.RetryAfter is not null);
        Assert.Equal(status, (await _server.PostAsync("/product/chat/complete", new { user_id = "ann", query = "x", model_name_or_path = model })).Status);
    }

    [Fact]
    public async Task Hosted_chat_answers_its_response()
    {
        JsonNode data = await _server.OpenMemAsync("chat", new { user_id = "ann", conversation_id = "c9", query = "Hello there", knowledgebase_ids = (string?)null, filter = (object?)null, async_mode = true, tags = (string?)null, force_stop = (bool?)null });
        Assert.StartsWith("You said:", (string?)data["response"], StringComparison.Ordinal);
    }

    private async Task<JsonNode[]> EventsAsync(string path, object body)
    {
        using HttpResponseMessage response = await _server.Client.PostAsJsonAsync(path, body);
        string text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, text);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        Assert.False(response.Headers.Contains("Access-Control-Allow-Origin"));
        return Events(text);
    }

    private static JsonNode[] Events(string text)
    {
        string[] lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.All(lines, line => Assert.StartsWith("data: ", line, StringComparison.Ordinal));
        return [.. lines.Select(line => JsonNode.Parse(line["data: ".Length..])!)];
    }
}
