using System.ClientModel;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using MemOS.Models.BuiltIn;
using MemOS.Testing;
using Microsoft.AspNetCore.Builder;
using OpenAI;
using OpenAI.Chat;
using OpenAI.Embeddings;

namespace MemOS.Server.Tests.OpenAI;

/// <summary>The wire of OpenAI, as its published clients speak it, over a real server in front of an endpoint.</summary>
public sealed class OpenAITests : IAsyncLifetime, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("memos-openai-").FullName;
    private ScriptedUpstream _upstream = null!; // set before each test
    private WebApplication _server = null!;
    private HttpClient _http = null!;

    private string Key => File.ReadAllText(Path.Combine(_folder, "admin.key")).Trim();

    private Uri BaseUrl => new($"{_server.Urls.Single()}/v1");

    public async Task InitializeAsync()
    {
        _upstream = await ScriptedUpstream.StartAsync();
        await StartServerAsync();
    }

    public async Task DisposeAsync()
    {
        await _server.StopAsync();
        await _server.DisposeAsync();
        await _upstream.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    public void Dispose() => _http.Dispose();

    [NodeFact]
    public async Task The_npm_package_works_with_only_base_url_and_key_set() =>
        Assert.Contains("openai: ok", await NodeProgram.RunAsync(new Dictionary<string, string> { ["BASE_URL"] = BaseUrl.ToString(), ["KEY"] = Key, ["VAULT"] = "npm" }, "openai.mjs"), StringComparison.Ordinal);

    [Fact]
    public async Task The_net_package_works_with_only_base_url_and_key_set()
    {
        OpenAIClientOptions options = new() { Endpoint = BaseUrl };
        ApiKeyCredential key = new(Key);
        ChatClient chat = new("echo", key, options);
        ChatCompletion first = await chat.CompleteChatAsync("My train to Vienna leaves at nine.");
        Assert.EndsWith("My train to Vienna leaves at nine.", first.Content[0].Text, StringComparison.Ordinal);
        ChatCompletion second = await chat.CompleteChatAsync(new SystemChatMessage("Be brief."), new UserChatMessage("When does my train leave?"));
        Assert.Contains("Notes from memory", second.Content[0].Text, StringComparison.Ordinal);

        StringBuilder words = new();
        await foreach (StreamingChatCompletionUpdate update in chat.CompleteChatStreamingAsync("When does the train to Vienna leave?"))
        {
            words.Append(string.Concat(update.ContentUpdate.Select(part => part.Text)));
        }

        Assert.Contains("leaves at nine", words.ToString(), StringComparison.Ordinal);
        ClientResultException limited = await Assert.ThrowsAsync<ClientResultException>(() =>
            new ChatClient("limited", key, new OpenAIClientOptions { Endpoint = BaseUrl, RetryPolicy = new System.ClientModel.Primitives.ClientRetryPolicy(0) }).CompleteChatAsync("x"));
        Assert.Equal(429, limited.Status);

        EmbeddingClient embedder = new("memos-embedder", key, options);
        OpenAIEmbeddingCollection vectors = await embedder.GenerateEmbeddingsAsync(["a red car", "the price of fish"]);
        Assert.Equal(2, vectors.Count);
        Assert.Equal(WordNetEmbedder.Shared.Dimension, vectors[0].ToFloats().Length);
    }

    [Fact]
    public async Task Everything_but_the_question_goes_to_the_endpoint_untouched()
    {
        await CompleteAsync("""{"model":"echo","messages":[{"role":"user","content":"The kettle is green."}]}""");
        const string Rest = """
            "temperature":0.70,"seed":12345678901234567890,"new_thing":{"a":[1,{"b":null}]},"stop":["\n"]
            """;
        (int status, JsonNode body, _) = await CompleteAsync($$$"""
            {"model":"echo",{{{Rest}}},"memos":{"session":"s"},"messages":[{"role":"system","content":"Be brief."},{"role":"user","name":"ann","content":[{"type":"text","text":"What colour is the kettle?"},{"type":"image_url","image_url":{"url":"data:x"}}]}]}
            """);
        Assert.Equal(200, status);
        JsonObject sent = _upstream.Requests.Last();
        Assert.Contains(Rest.Replace(" ", "", StringComparison.Ordinal), sent.ToJsonString(), StringComparison.Ordinal);
        Assert.False(sent.ContainsKey("memos"));
        Assert.Equal("""{"role":"system","content":"Be brief."}""", sent["messages"]![0]!.ToJsonString());
        JsonArray parts = sent["messages"]![1]!["content"]!.AsArray();
        Assert.Equal(["text", "text", "image_url"], parts.Select(part => (string?)part!["type"]));
        Assert.Contains("The kettle is green.", (string?)parts[0]!["text"], StringComparison.Ordinal);
        Assert.Equal("What colour is the kettle?", (string?)parts[1]!["text"]);
        Assert.Equal("default", (string?)body["memos"]!["vault"]);
        Assert.NotEmpty(body["memos"]!["memories"]!.AsArray());
        Assert.DoesNotContain(Key, _upstream.LastHeaders!.ToString()!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Errors_of_the_endpoint_pass_with_status_body_and_headers()
    {
        (int status, JsonNode body, HttpResponseMessage response) = await CompleteAsync("""{"model":"limited","messages":[{"role":"user","content":"The secret is heliotrope."}]}""");
        Assert.Equal((429, "Slow down, please."), (status, (string?)body["error"]!["message"]));
        Assert.Equal("7", response.Headers.GetValues("Retry-After").Single());
        Assert.Equal("req-1", response.Headers.GetValues("x-request-id").Single());
        Assert.False(response.Headers.Contains("Access-Control-Allow-Origin")); // which pages may read answers is not the endpoint's to say
        Assert.Empty(await StoredAsync("default"));

        (status, body, _) = await CompleteAsync("""{"model":"torn","messages":[{"role":"user","content":"Hello."}]}""");
        Assert.Equal((502, "unreachable"), (status, (string?)body["error"]!["code"]));

        (status, body, _) = await CompleteAsync("""{"model":"none","messages":5}""");
        Assert.True(status is >= 400, body.ToJsonString()); // whatever the endpoint thinks of it
        using HttpResponseMessage nonsense = await PostAsync("""{"model":"nonsense","messages":[{"role":"user","content":"Hello there."}]}""");
        Assert.Equal((200, "this is no JSON"), ((int)nonsense.StatusCode, await nonsense.Content.ReadAsStringAsync()));
    }

    [Fact]
    public async Task A_stream_is_stored_before_its_last_line_and_recalled_text_never()
    {
        await CompleteAsync("""{"model":"echo","messages":[{"role":"user","content":"The ferry leaves at noon."}]}""");
        using HttpResponseMessage stream = await PostAsync("""{"model":"echo","stream":true,"messages":[{"role":"user","content":"When does the ferry leave?"}]}""");
        string events = await stream.Content.ReadAsStringAsync();
        Assert.EndsWith("data: [DONE]\n\n", events, StringComparison.Ordinal);
        Assert.NotEmpty(stream.Headers.GetValues("X-MemOS-Memories").Single());
        string[] stored = await StoredAsync("default");
        Assert.Equal(["The ferry leaves at noon.", "You said: The ferry leaves at noon.", "When does the ferry leave?", "When does the ferry leave?"], stored);
    }

    [Fact]
    public async Task Half_an_answer_is_not_stored_but_what_the_user_said_is()
    {
        using HttpResponseMessage broken = await PostAsync("""{"model":"broken","messages":[{"role":"user","content":"I moved to Linz."}]}""");
        Assert.Equal(200, (int)broken.StatusCode);
        _upstream.Break.SetResult();
        await Assert.ThrowsAnyAsync<Exception>(() => broken.Content.ReadAsStringAsync());
        Assert.Equal(["I moved to Linz."], await StoredWhenAsync("default", 1));
    }

    [Fact]
    public async Task A_client_that_goes_takes_the_endpoint_with_it()
    {
        using HttpResponseMessage slow = await PostAsync("""{"model":"slow","stream":true,"messages":[{"role":"user","content":"I bought a boat."}]}""");
        Stream events = await slow.Content.ReadAsStreamAsync();
        Assert.True(await events.ReadAsync(new byte[16]) > 0);
        slow.Dispose();
        await _upstream.Cancelled.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal(["I bought a boat."], await StoredWhenAsync("default", 1));
    }

    [Fact]
    public async Task A_failing_memory_never_fails_the_chat()
    {
        await CompleteAsync("""{"model":"echo","messages":[{"role":"user","content":"Hello there."}]}""", vault: "damaged");
        await _server.StopAsync();
        string file = Directory.EnumerateFiles(_folder, "vault.db", SearchOption.AllDirectories).Single();
        await _server.DisposeAsync();
        await File.WriteAllBytesAsync(file, Enumerable.Repeat((byte)7, 8192).ToArray());
        await StartServerAsync();
        (int status, JsonNode body, _) = await CompleteAsync("""{"model":"echo","messages":[{"role":"user","content":"Still there?"}]}""", vault: "damaged");
        Assert.Equal((200, "You said: Still there?"), (status, (string?)body["choices"]![0]!["message"]!["content"]));
        Assert.Empty(body["memos"]!["memories"]!.AsArray());
    }

    [Fact]
    public async Task A_key_talks_to_its_own_vault_and_to_no_other()
    {
        using HttpResponseMessage made = await _http.PostAsJsonAsync("/api/v1/keys", new { name = "alice", vaults = new[] { "alice" } });
        string key = (string)(await made.Content.ReadFromJsonAsync<JsonNode>())!["key"]!;
        await CompleteAsync("""{"model":"echo","messages":[{"role":"user","content":"The code is heliotrope."}]}""", vault: "bob");
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        (int status, JsonNode body, _) = await CompleteAsync("""{"model":"echo","messages":[{"role":"user","content":"What is the code?"}]}""");
        Assert.Equal((200, "alice", "You said: What is the code?"), (status, (string?)body["memos"]!["vault"], (string?)body["choices"]![0]!["message"]!["content"]));
        int before = _upstream.Requests.Count;
        (status, body, _) = await CompleteAsync("""{"model":"echo","messages":[{"role":"user","content":"What is the code?"}]}""", vault: "bob");
        Assert.Equal((403, "forbidden"), (status, (string?)body["error"]!["code"]));
        (status, _, _) = await CompleteAsync("""{"model":"echo","memos":{"vault":"bob"},"messages":[{"role":"user","content":"What is the code?"}]}""");
        Assert.Equal(403, status);
        Assert.Equal(before, _upstream.Requests.Count);
    }

    [Fact]
    public async Task Memory_can_be_left_out_for_a_call()
    {
        await CompleteAsync("""{"model":"echo","messages":[{"role":"user","content":"The kettle is green."}]}""");
        (_, JsonNode body, _) = await CompleteAsync("""{"model":"echo","memos":{"recall":false,"store":false},"messages":[{"role":"user","content":"What colour is the kettle?"}]}""");
        Assert.Equal("You said: What colour is the kettle?", (string?)body["choices"]![0]!["message"]!["content"]);
        Assert.Equal(2, (await StoredAsync("default")).Length);
    }

    [Fact]
    public async Task Without_an_endpoint_chats_are_refused_with_a_reason_and_embeddings_are_made()
    {
        string folder = Directory.CreateTempSubdirectory("memos-openai-").FullName;
        await using (WebApplication app = await ServerFixture.StartAsync(new ServerSettings { DataFolder = folder, Urls = "http://127.0.0.1:0", RequireKey = false, Output = TextWriter.Null }))
        {
            using HttpClient client = new() { BaseAddress = new Uri(app.Urls.Single()) };
            using HttpResponseMessage chat = await client.PostAsJsonAsync("/v1/chat/completions", new { model = "m", messages = new[] { new { role = "user", content = "x" } } });
            Assert.Equal(501, (int)chat.StatusCode);
            Assert.Contains("--upstream", await chat.Content.ReadAsStringAsync(), StringComparison.Ordinal);
            using HttpResponseMessage embedding = await client.PostAsJsonAsync("/v1/embeddings", new { model = "anything", input = "a red car" });
            Assert.Equal(WordNetEmbedder.Shared.Dimension, (await embedding.Content.ReadFromJsonAsync<JsonNode>())!["data"]![0]!["embedding"]!.AsArray().Count);
            using HttpResponseMessage models = await client.GetAsync("/v1/models");
            Assert.Single((await models.Content.ReadFromJsonAsync<JsonNode>())!["data"]!.AsArray());
        }

        Directory.Delete(folder, recursive: true);
    }

    [Theory]
    [InlineData("""{"model":"memos-embedder"}""")]
    [InlineData("""{"model":"memos-embedder","input":[]}""")]
    [InlineData("""{"model":"memos-embedder","input":""}""")]
    [InlineData("""{"model":"memos-embedder","input":[[1,2]]}""")]
    [InlineData("""{"model":"memos-embedder","input":"x","encoding_format":"int8"}""")]
    [InlineData("""{"model":"memos-embedder","input":"x","dimensions":8}""")]
    [InlineData("""{"model":"memos-embedder","input":"\ud800"}""")]
    [InlineData("""{"model":"memos-embedder","model":"twice","input":"x"}""")]
    [InlineData("[]")]
    [InlineData("null")]
    public async Task Embeddings_that_cannot_be_made_are_refused_in_the_form_of_the_wire(string body)
    {
        using StringContent content = new(body, Encoding.UTF8, "application/json");
        using HttpResponseMessage response = await _http.PostAsync("/v1/embeddings", content);
        Assert.Equal(400, (int)response.StatusCode);
        Assert.Equal("invalid_request_error", (string?)(await response.Content.ReadFromJsonAsync<JsonNode>())!["error"]!["type"]);
    }

    private async Task StartServerAsync()
    {
        _server = await ServerFixture.StartAsync(new ServerSettings
        {
            DataFolder = _folder,
            Urls = "http://127.0.0.1:0",
            Output = TextWriter.Null,
            Upstream = _upstream.Address,
            UpstreamKey = ScriptedUpstream.Key,
        });
        _http = new HttpClient { BaseAddress = new Uri(_server.Urls.Single()) };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Key);
    }

    private async Task<HttpResponseMessage> PostAsync(string body, string? vault = null)
    {
        HttpRequestMessage request = new(HttpMethod.Post, "/v1/chat/completions") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        if (vault is not null)
        {
            request.Headers.Add("X-MemOS-Vault", vault);
        }

        return await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    private async Task<(int Status, JsonNode Body, HttpResponseMessage Response)> CompleteAsync(string body, string? vault = null)
    {
        HttpResponseMessage response = await PostAsync(body, vault);
        string text = await response.Content.ReadAsStringAsync();
        return ((int)response.StatusCode, text.Length == 0 ? new JsonObject() : JsonNode.Parse(text)!, response);
    }

    private async Task<string[]> StoredAsync(string vault)
    {
        using HttpResponseMessage response = await _http.GetAsync($"/api/v1/vaults/{vault}/messages");
        return [.. ((await response.Content.ReadFromJsonAsync<JsonNode>())!["items"]?.AsArray() ?? []).Select(message => (string)message!["text"]!)];
    }

    /// <summary>What is stored once there is so much: the server stores after the client has gone.</summary>
    private async Task<string[]> StoredWhenAsync(string vault, int count)
    {
        string[] stored = await StoredAsync(vault);
        using CancellationTokenSource late = new(TimeSpan.FromSeconds(30));
        while (stored.Length < count)
        {
            late.Token.ThrowIfCancellationRequested();
            await Task.Yield();
            stored = await StoredAsync(vault);
        }

        return stored;
    }
}
