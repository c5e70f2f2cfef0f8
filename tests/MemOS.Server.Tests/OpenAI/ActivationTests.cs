using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using MemOS.Activation;
using MemOS.Models.Llama;
using MemOS.Scheduler.Transitions;
using MemOS.Testing.Models;
using MemOS.Vaults;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace MemOS.Server.Tests.OpenAI;

/// <summary>A local model behind the server takes memories as states, and every answer says which.</summary>
public sealed class ActivationTests(TestModels models) : IClassFixture<TestModels>
{
    private const string Statement = "The green kettle stands on the left side of the stove in the kitchen.";

    [LlamaFact]
    public async Task Answers_at_once_and_streamed_say_which_memories_were_mounted_and_which_were_read()
    {
        string folder = Directory.CreateTempSubdirectory("memos-states-").FullName;
        await using LocalModel model = new(TestModels.Options(models.Llama));
        await using ActivationMemory memory = new(model, new ActivationOptions { Policies = new TransitionPolicies(new TransitionPolicy { PromoteHeat = 100, DemoteHeat = 0, ContextTokens = 300 }) });
        await using (WebApplication server = await ServerFixture.StartAsync(new ServerSettings
        {
            DataFolder = folder,
            Urls = "http://127.0.0.1:0",
            Output = TextWriter.Null,
            RequireKey = false,
            Model = new ActivationChatClient(memory),
        }))
        {
            using HttpClient client = new() { BaseAddress = new Uri(server.Urls.Single()) };
            await client.PostAsJsonAsync("/api/v1/vaults", new { id = "kitchen" });
            await client.PostAsJsonAsync("/api/v1/vaults/kitchen/messages", new { messages = new[] { new { role = "user", speaker = "Ann", text = Statement } } });

            // First its text is read; a state is made of it; then the state is mounted.
            JsonNode first = await AnswerAsync(client, "Where does the kettle stand?");
            Assert.Equal(("kitchen", "text"), ((string?)first["memos"]?["vault"], (string?)first["memos"]?["forms"]?[0]));
            string? cube = (string?)first["memos"]?["memories"]?[0];
            await using (VaultLease lease = await server.Services.GetRequiredService<VaultHost>().OpenAsync(new VaultId("kitchen")))
            {
                await memory.EncodeAsync(lease.Vault, [new Cubes.CubeId(Guid.Parse(cube ?? ""))]);
            }

            JsonNode second = await AnswerAsync(client, "Where does the kettle stand?");
            int read = (int?)first["usage"]?["prompt_tokens"] ?? 0;
            Assert.True(read > 40, $"{read} tokens"); // the memory is part of what was read, mounted or not
            Assert.Equal(read, (int?)second["usage"]?["prompt_tokens"]);
            Assert.Equal((cube, "state"), ((string?)second["memos"]?["memories"]?[0], (string?)second["memos"]?["forms"]?[0]));
            Assert.Equal((string?)first["choices"]?[0]?["message"]?["content"], (string?)second["choices"]?[0]?["message"]?["content"]);

            using HttpResponseMessage streamed = await client.PostAsync("/v1/chat/completions", Body("Where does the kettle stand?", stream: true));
            string[] events = (await streamed.Content.ReadAsStringAsync()).Split("\n\n", StringSplitOptions.RemoveEmptyEntries);
            Assert.Equal("data: [DONE]", events[^1]);
            Assert.Single(events[..^1].Select(line => (string?)JsonNode.Parse(line["data: ".Length..])?["id"]).Distinct()); // one answer, one id
            JsonNode told = JsonNode.Parse(events[^2]["data: ".Length..]) ?? new JsonObject();
            Assert.Equal((cube, "state", 0), ((string?)told["memos"]?["memories"]?[0], (string?)told["memos"]?["forms"]?[0], (int?)told["choices"]?[0]?["index"]));
            Assert.Equal(cube, streamed.Headers.GetValues("X-MemOS-Memories").Single());
            await server.StopAsync();
        }

        Directory.Delete(folder, recursive: true);
    }

    [LlamaFact]
    public async Task A_fact_that_was_added_is_told_again_whether_it_is_read_or_mounted()
    {
        string folder = Directory.CreateTempSubdirectory("memos-told-").FullName;
        await using LocalModel model = new(new LocalModelOptions { Path = TestModels.TinyMemory, ContextTokens = 1024, Threads = 1 });
        await using ActivationMemory memory = new(model, new ActivationOptions { Frame = "", Notes = NoteForm.TextAlone, Policies = new TransitionPolicies(new TransitionPolicy { PromoteHeat = 100, DemoteHeat = 0, ContextTokens = 300 }) });
        await using (WebApplication server = await ServerFixture.StartAsync(new ServerSettings { DataFolder = folder, Urls = "http://127.0.0.1:0", Output = TextWriter.Null, RequireKey = false, Model = new ActivationChatClient(memory) }))
        {
            using HttpClient client = new() { BaseAddress = new Uri(server.Urls.Single()) };
            await client.PostAsJsonAsync("/api/v1/vaults", new { id = "kitchen" });
            string[] told = ["Anna works as a pilot.", "Bruno works as a baker.", "Clara lives in Vienna.", "Felix lives in Oslo."];
            await client.PostAsJsonAsync("/api/v1/vaults/kitchen/messages", new { messages = told.Select(text => new { role = "user", text }).ToArray() });
            (string Question, string Answer)[] asked = [("What is the job of Anna?", "pilot"), ("What is the job of Bruno?", "baker"), ("Where does Clara live?", "Vienna"), ("Where does Felix live?", "Oslo")];
            foreach ((string question, string answer) in asked)
            {
                JsonNode read = await AnswerAsync(client, question, 24);
                Assert.Contains(answer, (string?)read["choices"]?[0]?["message"]?["content"] ?? "", StringComparison.Ordinal);
                Assert.All(read["memos"]?["forms"]?.AsArray() ?? [], form => Assert.Equal("text", (string?)form));
                await using (VaultLease lease = await server.Services.GetRequiredService<VaultHost>().OpenAsync(new VaultId("kitchen")))
                {
                    await memory.EncodeAsync(lease.Vault, [.. (read["memos"]?["memories"]?.AsArray() ?? []).Select(cube => new Cubes.CubeId(Guid.Parse((string?)cube ?? "")))]);
                }

                JsonNode mounted = await AnswerAsync(client, question, 24);
                Assert.Contains(answer, (string?)mounted["choices"]?[0]?["message"]?["content"] ?? "", StringComparison.Ordinal);
                Assert.Contains("state", (mounted["memos"]?["forms"]?.AsArray() ?? []).Select(form => (string?)form));
                await using VaultLease again = await server.Services.GetRequiredService<VaultHost>().OpenAsync(new VaultId("kitchen"));
                await again.Vault.States.DropAsync([.. again.Vault.States.List().Select(state => (state.Id, "asked"))]);
            }

            await server.StopAsync();
        }

        Directory.Delete(folder, recursive: true);
    }

    [LlamaFact]
    public async Task A_prompt_that_the_model_cannot_take_is_the_clients_fault_and_says_so()
    {
        string folder = Directory.CreateTempSubdirectory("memos-states-").FullName;
        await using LocalModel model = new(TestModels.Options(models.Llama));
        await using ActivationMemory memory = new(model);
        await using (WebApplication server = await ServerFixture.StartAsync(new ServerSettings { DataFolder = folder, Urls = "http://127.0.0.1:0", Output = TextWriter.Null, RequireKey = false, Model = new ActivationChatClient(memory) }))
        {
            using HttpClient client = new() { BaseAddress = new Uri(server.Urls.Single()) };
            using HttpResponseMessage refused = await client.PostAsync("/v1/chat/completions", Body(new string('x', 3000), stream: true));
            Assert.Equal(400, (int)refused.StatusCode);
            Assert.Equal("context_length_exceeded", (string?)JsonNode.Parse(await refused.Content.ReadAsStringAsync())?["error"]?["code"]);
            await server.StopAsync();
        }

        Directory.Delete(folder, recursive: true);
    }

    [LlamaFact]
    public async Task Answers_are_steered_at_wish_and_the_next_one_is_the_bases_to_the_last_bit()
    {
        string folder = Directory.CreateTempSubdirectory("memos-steering-").FullName;
        await using LocalModel model = new(TestModels.Options(models.Llama));
        await using ActivationMemory memory = new(model);
        await using (WebApplication server = await ServerFixture.StartAsync(new ServerSettings { DataFolder = folder, Urls = "http://127.0.0.1:0", Output = TextWriter.Null, RequireKey = false, Model = new ActivationChatClient(memory) }))
        {
            using HttpClient client = new() { BaseAddress = new Uri(server.Urls.Single()) };
            await client.PostAsJsonAsync("/api/v1/vaults", new { id = "kitchen" });
            float[] before = await LogitsAsync(model);
            string? plain = await SaidAsync(client, null);
            using HttpResponseMessage made = await client.PostAsJsonAsync("/api/v1/vaults/kitchen/steering", new { pairs = new[] { new { towards = "calm and slow", away = "loud and fast" } }, tags = new[] { "calm" } });
            string body = await made.Content.ReadAsStringAsync();
            Assert.True(made.IsSuccessStatusCode, body);
            string id = (string?)JsonNode.Parse(body)?["id"] ?? "";
            JsonNode listed = await client.GetFromJsonAsync<JsonNode>("/api/v1/vaults/kitchen/steering") ?? new JsonObject();
            Assert.Equal((id, "calm", 1, 1), ((string?)listed["items"]?[0]?["id"], (string?)listed["items"]?[0]?["tags"]?[0], (int?)listed["items"]?[0]?["first_layer"], (int?)listed["items"]?[0]?["last_layer"]));

            Assert.NotEqual(plain, await SaidAsync(client, id, 60));
            Assert.Equal(before, await LogitsAsync(model));
            Assert.Equal(plain, await SaidAsync(client, null));
            Assert.Equal(plain, await SaidAsync(client, id, 0));

            using HttpResponseMessage unreadable = await client.PostAsync("/v1/chat/completions", Steered(JsonValue.Create("calm")));
            Assert.Equal(400, (int)unreadable.StatusCode);
            using HttpResponseMessage many = await client.PostAsync("/v1/chat/completions", Steered(new JsonArray([.. Enumerable.Repeat(id, 65).Select(vector => (JsonNode)new JsonObject { ["vector"] = vector })])));
            Assert.Equal(400, (int)many.StatusCode);
            Assert.Equal(400, (int)(await client.PostAsJsonAsync("/api/v1/vaults/kitchen/steering", new { pairs = Array.Empty<object>() })).StatusCode);
            Assert.Equal(204, (int)(await client.DeleteAsync($"/api/v1/vaults/kitchen/steering/{id}")).StatusCode);
            using HttpResponseMessage gone = await client.PostAsync("/v1/chat/completions", Steered(new JsonArray(new JsonObject { ["vector"] = id })));
            Assert.Equal(404, (int)gone.StatusCode);
            await server.StopAsync();
        }

        Directory.Delete(folder, recursive: true);
    }

    [LlamaFact]
    public async Task Chats_at_once_that_do_not_fit_into_the_context_together_wait_for_each_other()
    {
        const int Chats = 12;
        string folder = Directory.CreateTempSubdirectory("memos-many-").FullName;
        await using LocalModel model = new(TestModels.Options(models.Llama));
        await using ActivationMemory memory = new(model);
        await using (WebApplication server = await ServerFixture.StartAsync(new ServerSettings { DataFolder = folder, Urls = "http://127.0.0.1:0", Output = TextWriter.Null, RequireKey = false, Model = new ActivationChatClient(memory) }))
        {
            using HttpClient client = new() { BaseAddress = new Uri(server.Urls.Single()) };
            await client.PostAsJsonAsync("/api/v1/vaults", new { id = "kitchen" });
            await client.PostAsJsonAsync("/api/v1/vaults/kitchen/messages", new { messages = new[] { new { role = "user", speaker = "Ann", text = Statement } } });
            HttpResponseMessage[] answers = await Task.WhenAll(Enumerable.Range(0, Chats).Select(chat => client.PostAsync("/v1/chat/completions", Body("Where does the kettle stand?", stream: chat % 2 == 0, mostTokens: 120))));
            foreach (HttpResponseMessage answer in answers)
            {
                string body = await answer.Content.ReadAsStringAsync();
                Assert.True(answer.IsSuccessStatusCode && (body.Contains("\"finish_reason\":\"stop\"", StringComparison.Ordinal) || body.Contains("\"finish_reason\":\"length\"", StringComparison.Ordinal)), body);
                answer.Dispose();
            }

            await server.StopAsync();
        }

        Directory.Delete(folder, recursive: true);
    }

    [LlamaFact]
    public async Task More_chats_than_may_wait_are_told_to_come_again()
    {
        string folder = Directory.CreateTempSubdirectory("memos-busy-").FullName;
        await using LocalModel model = new(TestModels.Options(models.Llama) with { MostWaiting = 0 });
        await using ActivationMemory memory = new(model);
        await using (WebApplication server = await ServerFixture.StartAsync(new ServerSettings { DataFolder = folder, Urls = "http://127.0.0.1:0", Output = TextWriter.Null, RequireKey = false, Model = new ActivationChatClient(memory) }))
        {
            using HttpClient client = new() { BaseAddress = new Uri(server.Urls.Single()) };
            await client.PostAsJsonAsync("/api/v1/vaults", new { id = "kitchen" });
            await using (SequenceLease all = await model.RentSequenceAsync(long.MaxValue))
            {
                using HttpResponseMessage refused = await client.PostAsync("/v1/chat/completions", Body("Where does the kettle stand?", stream: true));
                Assert.Equal((503, "1"), ((int)refused.StatusCode, refused.Headers.GetValues("Retry-After").Single()));
                Assert.Contains("model_busy", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
            }

            await AnswerAsync(client, "Where does the kettle stand?");
            await server.StopAsync();
        }

        Directory.Delete(folder, recursive: true);
    }

    [LlamaFact]
    public async Task When_a_conversation_begins_the_states_worth_most_are_loaded_ahead_whatever_is_asked()
    {
        string folder = Directory.CreateTempSubdirectory("memos-ahead-").FullName;
        await using LocalModel model = new(TestModels.Options(models.Llama));
        await using ActivationMemory memory = new(model, new ActivationOptions { Policies = new TransitionPolicies(new TransitionPolicy { PromoteHeat = 100, DemoteHeat = 0, ContextTokens = 300 }) });
        await using (WebApplication server = await ServerFixture.StartAsync(new ServerSettings { DataFolder = folder, Urls = "http://127.0.0.1:0", Output = TextWriter.Null, RequireKey = false, Model = new ActivationChatClient(memory) }))
        {
            using HttpClient client = new() { BaseAddress = new Uri(server.Urls.Single()) };
            await client.PostAsJsonAsync("/api/v1/vaults", new { id = "kitchen" });
            await client.PostAsJsonAsync("/api/v1/vaults/kitchen/messages", new { messages = new[] { new { role = "user", speaker = "Ann", text = Statement } } });
            string cube = (string?)(await AnswerAsync(client, "Where does the kettle stand?"))["memos"]?["memories"]?[0] ?? "";
            await using (VaultLease lease = await server.Services.GetRequiredService<VaultHost>().OpenAsync(new VaultId("kitchen")))
            {
                await memory.EncodeAsync(lease.Vault, [new Cubes.CubeId(Guid.Parse(cube))]);
            }

            // Nothing that is asked leads to the kettle; that the conversation begins does. The work is done beside the answers.
            TaskCompletionSource loaded = new(TaskCreationOptions.RunContinuationsAsynchronously);
            await using ITimer watch = TimeProvider.System.CreateTimer(_ => { if (memory.Scheduler.LoadedBytes > 0) { loaded.TrySetResult(); } }, null, TimeSpan.Zero, TimeSpan.FromMilliseconds(5));
            await AnswerAsync(client, "zzz");
            await loaded.Task.WaitAsync(TimeSpan.FromSeconds(30));
            Assert.Equal(1, memory.Scheduler.Loading.Loads);

            // What the scheduler keeps, under which policy, and what loading ahead came to is told vault by vault.
            JsonNode states = await client.GetFromJsonAsync<JsonNode>("/api/v1/vaults/kitchen/states") ?? new JsonObject();
            Assert.Equal((cube, true), ((string?)states["items"]?[0]?["sources"]?[0], (bool?)states["items"]?[0]?["is_loaded"]));
            Assert.Equal((100, 300, "LeastRecentlyUsed", "01:00:00"), ((int?)states["policy"]?["promote_heat"], (int?)states["policy"]?["context_tokens"], (string?)states["policy"]?["retention"], (string?)states["policy"]?["stable_for"]));
            Assert.Equal((1, 0), ((int?)states["loaded_ahead"]?["loads"], (int?)states["loaded_ahead"]?["wasted"]));
            await client.PostAsJsonAsync("/api/v1/vaults", new { id = "garden" });
            JsonNode other = await client.GetFromJsonAsync<JsonNode>("/api/v1/vaults/garden/states") ?? new JsonObject();
            Assert.Equal((0, 0), (other["items"]?.AsArray().Count, (int?)other["loaded_ahead"]?["loads"]));

            // Another policy holds from the moment on at which it is set.
            memory.Policies = new TransitionPolicies(memory.Policies.Usual with { MostStates = 0, Retention = RetentionOrder.Similarity });
            Assert.Equal("text", (string?)(await AnswerAsync(client, "Where does the kettle stand?"))["memos"]?["forms"]?[0]);
            Assert.Equal("Similarity", (string?)(await client.GetFromJsonAsync<JsonNode>("/api/v1/vaults/kitchen/states"))?["policy"]?["retention"]);

            // So does what the vault is given of its own, over HTTP; the next answer goes by it, and after it is taken back by the operator's again.
            (await client.PutAsJsonAsync("/api/v1/vaults/kitchen/states/policy", new { most_states = 1 })).EnsureSuccessStatusCode();
            JsonNode answered = await AnswerAsync(client, "Where does the kettle stand?"), listed = await client.GetFromJsonAsync<JsonNode>("/api/v1/vaults/kitchen/states") ?? new JsonObject();
            Assert.Equal(("state", 1, "Similarity"), ((string?)answered["memos"]?["forms"]?[0], (int?)listed["policy"]?["most_states"], (string?)listed["policy"]?["retention"]));
            (await client.DeleteAsync("/api/v1/vaults/kitchen/states/policy")).EnsureSuccessStatusCode();
            Assert.Equal("text", (string?)(await AnswerAsync(client, "Where does the kettle stand?"))["memos"]?["forms"]?[0]);
            await server.StopAsync();
        }

        Directory.Delete(folder, recursive: true);
    }

    [LlamaFact]
    public async Task An_answer_keeps_to_the_format_that_is_asked_for_and_what_is_not_offered_is_refused()
    {
        string folder = Directory.CreateTempSubdirectory("memos-format-").FullName;
        await using LocalModel model = new(TestModels.Options(models.Llama));
        await using ActivationMemory memory = new(model);
        await using (WebApplication server = await ServerFixture.StartAsync(new ServerSettings { DataFolder = folder, Urls = "http://127.0.0.1:0", Output = TextWriter.Null, RequireKey = false, Model = new ActivationChatClient(memory) }))
        {
            using HttpClient client = new() { BaseAddress = new Uri(server.Urls.Single()) };
            object schema = new { type = "object", properties = new { place = new { @enum = new[] { "stove", "shelf" } } }, required = new[] { "place" }, additionalProperties = false };
            JsonNode answer = await AskAsync(200, new { response_format = new { type = "json_schema", json_schema = new { name = "where", strict = true, schema } } });
            Assert.Contains((string?)JsonNode.Parse((string?)answer["choices"]?[0]?["message"]?["content"] ?? "")?["place"], (string?[])["stove", "shelf"]);
            answer = await AskAsync(200, new { stream = true, stream_options = new { include_usage = true }, response_format = new { type = "text" } });
            Assert.Equal(0, answer["choices"]?.AsArray().Count);
            Assert.InRange((int?)answer["usage"]?["completion_tokens"] ?? 0, 1, 20);

            await AskAsync(400, new { response_format = new { type = "json_schema", json_schema = new { name = "where" } } });
            await AskAsync(400, new { response_format = new { type = "json_schema", json_schema = new { name = "where", schema = new { type = "string", pattern = "a+" } } } });
            await AskAsync(400, new { response_format = "json" });
            await AskAsync(400, new { response_format = new { type = "yaml" } });
            await AskAsync(400, new { n = 2 });
            await AskAsync(400, new { logprobs = true });
            await AskAsync(400, new { logit_bias = new Dictionary<string, int> { ["5"] = 10 } });
            await AskAsync(400, new { max_tokens = 0 });
            await AskAsync(400, new { temperature = -1 });
            await AskAsync(400, new { top_p = 0 });
            await AskAsync(200, new { n = 1, logprobs = false, frequency_penalty = 0.5, presence_penalty = 0.5 });
            await server.StopAsync();

            async Task<JsonNode> AskAsync(int status, object settings)
            {
                JsonObject body = JsonSerializer.SerializeToNode(settings)?.AsObject() ?? [];
                body["messages"] = new JsonArray(new JsonObject { ["role"] = "user", ["content"] = "where?" });
                body["memos"] = new JsonObject { ["vault"] = "kitchen", ["store"] = false };
                body.TryAdd("max_tokens", 20);
                using StringContent content = new(body.ToJsonString(), Encoding.UTF8, "application/json");
                using HttpResponseMessage response = await client.PostAsync("/v1/chat/completions", content);
                string said = await response.Content.ReadAsStringAsync();
                Assert.True((int)response.StatusCode == status, $"{(int)response.StatusCode}: {said}");
                string[] events = said.Split("\n\n", StringSplitOptions.RemoveEmptyEntries);
                return JsonNode.Parse(events.LastOrDefault(line => line.Contains("\"usage\"", StringComparison.Ordinal)) is { } told && told.StartsWith("data: ", StringComparison.Ordinal) ? told["data: ".Length..] : said) ?? new JsonObject();
            }
        }

        Directory.Delete(folder, recursive: true);
    }

    private static async Task<string?> SaidAsync(HttpClient client, string? vector, double scale = 1)
    {
        using HttpResponseMessage response = await client.PostAsync("/v1/chat/completions", Steered(vector is null ? null : new JsonArray(new JsonObject { ["vector"] = vector, ["scale"] = scale })));
        string body = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, body);
        return (string?)JsonNode.Parse(body)?["choices"]?[0]?["message"]?["content"];
    }

    private static StringContent Steered(JsonNode? steering) => new(new JsonObject
    {
        ["model"] = "local",
        ["max_tokens"] = 8,
        ["messages"] = new JsonArray(new JsonObject { ["role"] = "user", ["content"] = "hello" }),
        ["memos"] = new JsonObject { ["vault"] = "kitchen", ["store"] = false, ["steering"] = steering },
    }.ToJsonString(), Encoding.UTF8, "application/json");

    private static async Task<float[]> LogitsAsync(LocalModel model)
    {
        await using SequenceLease sequence = await model.RentSequenceAsync();
        return (await sequence.DecodeAsync(new[] { 0, 20, 30 }, 0, Outputs.Last)).Logits;
    }

    private static async Task<JsonNode> AnswerAsync(HttpClient client, string question, int mostTokens = 8)
    {
        using HttpResponseMessage response = await client.PostAsync("/v1/chat/completions", Body(question, stream: false, mostTokens));
        string body = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, body);
        return JsonNode.Parse(body) ?? new JsonObject();
    }

    private static StringContent Body(string question, bool stream, int mostTokens = 8) => new(new JsonObject
    {
        ["model"] = "local",
        ["stream"] = stream,
        ["max_tokens"] = mostTokens,
        ["messages"] = new JsonArray(new JsonObject { ["role"] = "user", ["content"] = question }),
        ["memos"] = new JsonObject { ["vault"] = "kitchen", ["store"] = false },
    }.ToJsonString(), Encoding.UTF8, "application/json");
}
