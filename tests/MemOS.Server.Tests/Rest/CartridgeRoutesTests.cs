using System.Net.Http.Json;
using System.Text.Json.Nodes;
using MemOS.Activation;
using MemOS.Models.Llama;
using MemOS.Testing.Models;
using Microsoft.AspNetCore.Builder;

namespace MemOS.Server.Tests.Rest;

/// <summary>Cartridges over HTTP: asked for, trained beside the answers, watched, taken back.</summary>
public sealed class CartridgeRoutesTests(TestModels models) : IClassFixture<TestModels>, IDisposable
{
    private const string Kitchen = "/api/v1/vaults/kitchen";
    private const int Long = 100_000; // steps: more than any of these tests waits for
    private const string Text = "The green kettle stands beside the old stove in the kitchen of the summer house.";

    private readonly string _folder = Directory.CreateTempSubdirectory("memos-cartridges-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [LlamaFact]
    public async Task One_is_trained_beside_the_answers_and_mounted_when_it_is_ready()
    {
        await using Running server = await StartAsync(models.Llama);
        string cube = await server.TellAsync(Text);
        using HttpResponseMessage asked = await server.AskForAsync(cube, steps: 30);
        JsonNode order = await ReadAsync(asked, 202);
        string id = (string?)order["id"] ?? "";
        Assert.Equal($"{Kitchen}/cartridges/{id}", asked.Headers.Location?.ToString());
        Assert.Equal(("waiting", cube), ((string?)order["status"], (string?)order["cubes"]?[0]));
        Assert.Equal(200, (int)(await server.ChatAsync(null)).StatusCode);
        JsonNode ready = await server.UntilAsync(id, "ready");
        Assert.Equal((cube, null), ((string?)ready["cubes"]?[0], (string?)ready["job"]));
        Assert.InRange((int)(ready["tokens"] ?? 0), 7, (int)(ready["stands_for"] ?? 0));
        Assert.InRange((int)(ready["stands_for"] ?? 0), 7, 200);
        JsonNode list = await server.Client.GetFromJsonAsync<JsonNode>($"{Kitchen}/cartridges") ?? new JsonObject();
        Assert.Equal(id, (string?)Assert.Single(list["items"]?.AsArray() ?? [])?["id"]);
        JsonNode answer = await ReadAsync(await server.ChatAsync(id), 200);
        Assert.Equal((cube, "state"), ((string?)answer["memos"]?["memories"]?[0], (string?)answer["memos"]?["forms"]?[0]));
        Assert.Equal(204, (int)(await server.Client.DeleteAsync($"{Kitchen}/cartridges/{id}")).StatusCode);
        Assert.Equal(404, (int)(await server.Client.GetAsync($"{Kitchen}/cartridges/{id}")).StatusCode);
        Assert.Equal(404, (int)(await server.ChatAsync(id)).StatusCode);
    }

    [LlamaFact]
    public async Task What_the_end_of_the_server_interrupts_is_trained_when_the_vault_is_next_opened()
    {
        string interrupted, waiting;
        await using (Running first = await StartAsync(models.Llama))
        {
            string cube = await first.TellAsync(Text);
            interrupted = await first.OrderAsync(cube, Long);
            waiting = await first.OrderAsync(cube, steps: 3);
            JsonNode training = await first.UntilAsync(interrupted, "training");
            Assert.NotNull(training["job"]);
        }

        await using Running second = await StartAsync(models.Llama);
        JsonNode again = await second.UntilAsync(interrupted, "training");
        Assert.Equal((0, null), ((int?)again["attempts"], (string?)again["failure"])); // an interruption is no failure
        Assert.Equal("waiting", (string?)(await second.GetAsync(waiting))["status"]);
        Assert.Equal(204, (int)(await second.Client.DeleteAsync($"{Kitchen}/cartridges/{interrupted}")).StatusCode);
        await second.UntilAsync(waiting, "ready");
    }

    [LlamaFact]
    public async Task One_that_is_taken_back_or_whose_text_is_forgotten_is_not_made()
    {
        await using Running server = await StartAsync(models.Llama);
        string cube = await server.TellAsync(Text);
        string first = await server.OrderAsync(cube, Long), second = await server.OrderAsync(cube, Long);
        await server.UntilAsync(first, "training");
        Assert.DoesNotContain("training_order", await server.Client.GetStringAsync($"{Kitchen}/export?history=true"), StringComparison.Ordinal);
        Assert.Equal("waiting", (string?)(await server.GetAsync(second))["status"]);
        Assert.Equal(204, (int)(await server.Client.DeleteAsync($"{Kitchen}/cartridges/{first}")).StatusCode);
        Assert.Equal(404, (int)(await server.Client.GetAsync($"{Kitchen}/cartridges/{first}")).StatusCode);
        await server.UntilAsync(second, "training"); // the first is not in the way any more
        Assert.Equal(200, (int)(await server.Client.PostAsJsonAsync($"{Kitchen}/forget", new { cubes = new[] { cube } })).StatusCode);
        Assert.Equal(404, (int)(await server.Client.GetAsync($"{Kitchen}/cartridges/{second}")).StatusCode);

        // The training notices at its next word, and the next one can begin.
        string third = await server.OrderAsync(await server.TellAsync("The blue cup stands on the table beside the window of the house."), steps: 3);
        await server.UntilAsync(third, "ready");
        Assert.Equal(0, (int?)(await server.Client.GetFromJsonAsync<JsonNode>(Kitchen))?["pending_jobs"]);
    }

    [LlamaFact]
    public async Task A_changed_text_is_trained_anew_and_what_can_be_refused_is_refused_at_once()
    {
        await using Running server = await StartAsync(models.Llama);
        string cube = await server.TellAsync(Text);
        string interrupted = await server.OrderAsync(cube, Long), waiting = await server.OrderAsync(cube, steps: 3);
        await server.UntilAsync(interrupted, "training");
        using HttpRequestMessage edit = new(HttpMethod.Patch, $"{Kitchen}/cubes/{cube}") { Content = JsonContent.Create(new { text = "The green kettle went to the cellar of the summer house." }) };
        await ReadAsync(await server.Client.SendAsync(edit), 200);
        JsonNode again = await server.UntilAsync(interrupted, record => (string?)record["status"] == "training" && (int?)record["attempts"] == 1);
        Assert.Equal("version_conflict", (string?)again["failure"]);
        Assert.Equal(204, (int)(await server.Client.DeleteAsync($"{Kitchen}/cartridges/{interrupted}")).StatusCode);
        JsonNode ready = await server.UntilAsync(waiting, "ready");
        using HttpResponseMessage state = await server.Client.GetAsync($"{Kitchen}/cubes/{ready["id"]}");
        Assert.Equal(2, (int?)(await ReadAsync(state, 200))["lineage"]?[0]?["version"]);

        Assert.Equal(404, (int)(await server.AskForAsync(Guid.NewGuid().ToString(), steps: 3)).StatusCode);
        Assert.Equal(400, (int)(await server.AskForAsync(cube, steps: 0)).StatusCode);
        Assert.Equal(400, (int)(await server.AskForAsync(cube, steps: 3, tokens: 5000)).StatusCode);
        Assert.Equal(400, (int)(await server.Client.PostAsJsonAsync($"{Kitchen}/cartridges", new { cubes = Array.Empty<string>() })).StatusCode);
        Assert.Equal(400, (int)(await server.Client.PostAsJsonAsync($"{Kitchen}/cartridges", new { cubes = new[] { cube }, pages = 3 })).StatusCode);
    }

    [LlamaFact]
    public async Task A_model_that_nothing_can_be_trained_for_and_a_server_without_one_say_so()
    {
        await using (Running server = await StartAsync(models.Halved))
        {
            using HttpResponseMessage refused = await server.AskForAsync(await server.TellAsync(Text), steps: 3);
            Assert.Equal("model_training_unsupported", (string?)(await ReadAsync(refused, 501))["code"]);
        }

        await using Running without = await StartAsync(null);
        using HttpResponseMessage absent = await without.AskForAsync(Guid.NewGuid().ToString(), steps: 3);
        Assert.Equal("no_model", (string?)(await ReadAsync(absent, 503))["code"]);
        Assert.Empty((await without.Client.GetFromJsonAsync<JsonNode>($"{Kitchen}/cartridges"))?["items"]?.AsArray() ?? [new JsonObject()]);
    }

    private static async Task<JsonNode> ReadAsync(HttpResponseMessage response, int status)
    {
        string body = await response.Content.ReadAsStringAsync();
        Assert.True((int)response.StatusCode == status, $"{(int)response.StatusCode}: {body}");
        return JsonNode.Parse(body) ?? new JsonObject();
    }

    private async Task<Running> StartAsync(string? path)
    {
        LocalModel? model = path is null ? null : new(TestModels.Options(path));
        ActivationMemory? memory = model is null ? null : new(model);
        WebApplication server = await ServerFixture.StartAsync(new ServerSettings
        {
            DataFolder = _folder,
            Urls = "http://127.0.0.1:0",
            Output = TextWriter.Null,
            RequireKey = false,
            Model = memory is null ? null : new ActivationChatClient(memory),
        });
        Running running = new(server, memory, model);
        await running.Client.PostAsJsonAsync("/api/v1/vaults", new { id = "kitchen" });
        return running;
    }

    private sealed class Running(WebApplication server, ActivationMemory? memory, LocalModel? model) : IAsyncDisposable
    {
        public HttpClient Client { get; } = new() { BaseAddress = new Uri(server.Urls.Single()) };

        public async Task<string> TellAsync(string text)
        {
            JsonNode added = await ReadAsync(await Client.PostAsJsonAsync($"{Kitchen}/messages", new { messages = new[] { new { role = "user", speaker = "Ann", text } } }), 200);
            return (string?)added["messages"]?[0]?["cubes"]?[0]?["id"] ?? throw new InvalidOperationException(added.ToJsonString());
        }

        public Task<HttpResponseMessage> AskForAsync(string cube, int steps, int tokens = 6) =>
            Client.PostAsJsonAsync($"{Kitchen}/cartridges", new { cubes = new[] { cube }, tokens, steps, answer_tokens = 4, questions = new[] { "where does it stand?", "and what colour?" } });

        public async Task<string> OrderAsync(string cube, int steps) => (string?)(await ReadAsync(await AskForAsync(cube, steps), 202))["id"] ?? "";

        public Task<HttpResponseMessage> ChatAsync(string? mount) => Client.PostAsJsonAsync(
            "/v1/chat/completions",
            new { model = "local", max_tokens = 4, messages = new[] { new { role = "user", content = "Where does the kettle stand?" } }, memos = new { vault = "kitchen", store = false, mount } });

        public async Task<JsonNode> GetAsync(string id) => await ReadAsync(await Client.GetAsync($"{Kitchen}/cartridges/{id}"), 200);

        public Task<JsonNode> UntilAsync(string id, string status) => UntilAsync(id, record => (string?)record["status"] == status);

        public async Task<JsonNode> UntilAsync(string id, Func<JsonNode, bool> isReached)
        {
            using PeriodicTimer often = new(TimeSpan.FromMilliseconds(20));
            using CancellationTokenSource enough = new(TimeSpan.FromMinutes(2));
            while (await often.WaitForNextTickAsync(enough.Token))
            {
                JsonNode record = await GetAsync(id);
                if (isReached(record))
                {
                    return record;
                }

                Assert.True((string?)record["status"] is "waiting" or "training", record.ToJsonString());
            }

            throw new TimeoutException();
        }

        public async ValueTask DisposeAsync()
        {
            Client.Dispose();
            await server.StopAsync();
            await server.DisposeAsync();
            if (memory is not null && model is not null)
            {
                await memory.DisposeAsync();
                await model.DisposeAsync();
            }
        }
    }
}
