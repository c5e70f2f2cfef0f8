using System.Text.Json;
using MemOS.Testing.Models;
using Xunit;

namespace MemOS.Cli.Tests;

/// <summary><c>memos chat</c> and <c>memos states</c> over a small model with random weights.</summary>
public sealed class ChatTests(TestModels models) : IClassFixture<TestModels>, IDisposable
{
    private readonly CliRun _cli = new();

    public void Dispose() => _cli.Dispose();

    [LlamaFact]
    public async Task An_answer_says_which_memories_it_had_and_in_which_form()
    {
        string cube = await _cli.AddAsync("The green kettle stands on the left side of the stove in the kitchen.", "--speaker", "Ann");
        JsonElement read = await ChatAsync();
        Assert.Equal(("text", cube), Memory(read));
        JsonElement state = (await _cli.JsonAsync("states", "encode", cube, "--model", models.Llama, "--context", "512"))[0];
        Assert.Equal(cube, state.GetProperty("sources")[0].GetString());
        Assert.Equal(state.GetProperty("state").GetString(), (await _cli.JsonAsync("states", "list"))[0].GetProperty("state").GetString());
        JsonElement mounted = await ChatAsync();
        Assert.Equal(("state", cube), Memory(mounted));
        Assert.Equal(read.GetProperty("exchanges")[0].GetProperty("answer").GetString(), mounted.GetProperty("exchanges")[0].GetProperty("answer").GetString());
        Assert.Equal((1, 1), (mounted.GetProperty("loaded_ahead").GetProperty("loads").GetInt32(), mounted.GetProperty("loaded_ahead").GetProperty("hits").GetInt32()));

        // A policy under which nothing is hot enough gives the state up.
        string policies = _cli.Write("policies.json", """{"usual":{"promote_heat":1000,"demote_heat":999,"stay_for":"00:00:00"}}""");
        string trace = _cli.Write("trace.json", "");
        string[] run = ["states", "run", "--model", models.Llama, "--context", "512", "--policies", policies];
        JsonElement foreseen = await _cli.JsonAsync([.. run, "--dry-run", "--trace", trace]);
        Assert.Single((await _cli.JsonAsync("states", "list")).EnumerateArray());
        JsonElement decisions = await _cli.JsonAsync(run);
        Assert.Equal(decisions[0].GetProperty("state").GetString(), foreseen[0].GetProperty("state").GetString());
        Assert.Equal(foreseen.ToString(), (await _cli.JsonAsync("states", "replay", trace)).ToString());
        Assert.Equal(foreseen.ToString(), (await _cli.JsonAsync("states", "replay", trace)).ToString());
        Assert.Empty((await _cli.JsonAsync("states", "replay", trace, "--policies", _cli.Write("usual.json", "{}"))).EnumerateArray()); // under the usual policy it would have stayed
        Assert.Equal("invalid_input", await _cli.FailAsync(1, "states", "replay", policies));
        Assert.Equal("demote", decisions[0].GetProperty("decision").GetString());
        JsonElement logged = (await _cli.JsonAsync("states", "decisions"))[0];
        Assert.Equal(("demote", state.GetProperty("state").GetString(), $"{decisions[0].GetProperty("reason").GetString()}; text of {cube}"), (logged.GetProperty("decision").GetString(), logged.GetProperty("state").GetString(), logged.GetProperty("reason").GetString()));
        Assert.Empty((await _cli.JsonAsync("states", "list")).EnumerateArray());
    }

    [Fact]
    public async Task The_policy_in_force_is_shown_vault_by_vault_and_an_unusable_file_is_refused_with_the_place()
    {
        string policies = _cli.Write("policies.json", """{"usual":{"promote_heat":5},"vaults":{"alice":{"retention":"Labels","labels":["work"]}}}""");
        JsonElement alice = await ShownAsync("--vault", "alice"), bob = await ShownAsync("--vault", "bob");
        Assert.Equal(("Labels", 5, "work"), (alice.GetProperty("retention").GetString(), alice.GetProperty("promote_heat").GetDouble(), alice.GetProperty("labels")[0].GetString()));
        Assert.Equal("LeastRecentlyUsed", bob.GetProperty("retention").GetString());
        Assert.Equal(alice.ToString(), (await _cli.JsonAsync("states", "policy", "--policies", _cli.Write("again.json", $$"""{"usual":{{alice}}}"""))).GetProperty("policy").ToString()); // what is shown can be given again
        Assert.Equal("invalid_input", await _cli.FailAsync(1, "states", "policy", "--policies", _cli.Write("twice.json", """{"usual":{},"usual":{}}""")));
        Assert.Equal("invalid_input", await _cli.FailAsync(1, "states", "policy", "--policies", _cli.Write("wrong.json", """{"vaults":{"alice":{"retention":"lru"}}}""")));
        Assert.Contains("vaults.alice.retention must be one of LeastRecentlyUsed", _cli.Error, StringComparison.Ordinal);
        Assert.Equal("storage_failed", await _cli.FailAsync(1, "states", "policy", "--policies", policies + ".gone"));

        async Task<JsonElement> ShownAsync(params string[] which) => (await _cli.JsonAsync(["states", "policy", .. which, "--policies", policies])).GetProperty("policy");
    }

    [LlamaFact]
    public async Task A_model_that_was_trained_on_bare_facts_tells_what_was_added()
    {
        await _cli.AddAsync("Anna works as a pilot.");
        await _cli.AddAsync("Bruno works as a baker.");
        JsonElement chat = await _cli.JsonAsync("chat", "What is the job of Anna?", "--model", TestModels.TinyMemory, "--frame", "", "--bare-notes", "--max-tokens", "24", "--no-store");
        Assert.Contains("pilot", chat.GetProperty("exchanges")[0].GetProperty("answer").GetString(), StringComparison.Ordinal);
    }

    [LlamaFact]
    public async Task A_cartridge_is_trained_listed_and_mounted_at_wish()
    {
        string kettle = await _cli.AddAsync("The green kettle stands on the left side of the stove in the kitchen.", "--speaker", "Ann"), dog = await _cli.AddAsync("The dog is called Rex.");
        string questions = _cli.Write("questions.txt", "Where does the kettle stand?\n\nWhat is the dog called?\n");
        JsonElement state = (await _cli.JsonAsync("states", "train", kettle, dog, "--tokens", "8", "--steps", "2", "--questions", questions, "--model", models.Llama, "--context", "512"))[0];
        Assert.True(state.GetProperty("stands_for").GetInt32() > 8);
        Assert.Equal(2, state.GetProperty("sources").GetArrayLength());
        Assert.Equal(state.ToString(), (await _cli.JsonAsync("states", "list"))[0].ToString());
        string id = state.GetProperty("state").GetString() ?? "";
        JsonElement memories = (await _cli.JsonAsync("chat", "Where does the kettle stand?", "--mount", id, "--model", models.Llama, "--context", "512", "--max-tokens", "4", "--no-store")).GetProperty("exchanges")[0].GetProperty("memories");
        Assert.Equal([(kettle, "state"), (dog, "state")], memories.EnumerateArray().Select(memory => (memory.GetProperty("cube").GetString(), memory.GetProperty("form").GetString())));
        await _cli.JsonAsync("forget", dog, "--yes");
        Assert.Equal("cube_not_found", await _cli.FailAsync(3, "chat", "Where does the kettle stand?", "--mount", id, "--model", models.Llama, "--context", "512"));
    }

    [LlamaFact]
    public async Task Steering_vectors_are_made_imported_listed_and_mounted_for_answers()
    {
        string pairs = _cli.Write("pairs.tsv", "calm and slow\tloud and fast\n");
        string[] model = ["--model", models.Llama, "--context", "512"];
        string made = (await _cli.JsonAsync(["steering", "make", pairs, "--tag", "calm", .. model]))[0].GetProperty("vector").GetString() ?? "";
        string imported = (await _cli.JsonAsync(["steering", "import", models.ControlVector("calm.gguf", (1, new float[64])), .. model]))[0].GetProperty("vector").GetString() ?? "";
        Assert.Equal([made, imported], (await _cli.JsonAsync("steering", "list")).EnumerateArray().Select(vector => vector.GetProperty("vector").GetString()));
        string plain = await SaidAsync(), steered = await SaidAsync("--steer", made + "=60"), nothing = await SaidAsync("--steer", imported, "--steer", made + "=0");
        Assert.NotEqual(plain, steered);
        Assert.Equal(plain, nothing);
        Assert.Equal("usage", await _cli.FailAsync(2, ["chat", "hello", "--steer", made + "=much", .. model]));

        async Task<string> SaidAsync(params string[] steer) =>
            (await _cli.JsonAsync(["chat", "hello", "--max-tokens", "8", "--no-store", .. model, .. steer])).GetProperty("exchanges")[0].GetProperty("answer").GetString() ?? "";
    }

    [LlamaFact]
    public async Task What_was_said_is_stored_unless_that_is_not_wanted()
    {
        await _cli.JsonAsync("chat", "My kettle is green.", "--model", models.Llama, "--context", "512", "--max-tokens", "4", "--conversation", "tea");
        Assert.Contains("My kettle is green.", (await _cli.JsonAsync("recall", "kettle")).ToString(), StringComparison.Ordinal);
        await _cli.JsonAsync("chat", "My bicycle is red.", "--model", models.Llama, "--context", "512", "--max-tokens", "4", "--no-store");
        Assert.DoesNotContain("bicycle", (await _cli.JsonAsync("recall", "bicycle")).GetProperty("hits").ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_model_that_is_not_there_is_named() =>
        Assert.Equal("model_not_found", await _cli.FailAsync(3, "chat", "hello", "--model", "no-such-model"));

    [Theory]
    [InlineData("--model-memory", "0")]
    [InlineData("--model-memory", "-1")]
    [InlineData("--model-memory", "much")]
    [InlineData("--model-idle", "0")]
    [InlineData("--model-idle", "0.5")]
    [InlineData("--model-idle", "70561")]
    public async Task Bounds_of_the_models_process_that_are_none_are_usage_errors(string option, string value)
    {
        Assert.Equal("usage", await _cli.FailAsync(2, "chat", "hello", "--model", models.Llama, option, value));
        Assert.Contains(option, _cli.Error, StringComparison.Ordinal);
        Assert.Equal("usage", await _cli.FailAsync(2, "serve", "--urls", "http://127.0.0.1:0", "--no-auth", "--model", models.Llama, option, value));
    }

    [LlamaFact]
    public async Task A_model_that_takes_more_memory_than_it_may_is_refused_with_what_to_do()
    {
        string[] ask = ["chat", "hello", "--model", models.Llama, "--context", "512", "--max-tokens", "4", "--no-store", "--model-idle", "1", "--model-memory"];
        Assert.Equal("model_out_of_memory", await _cli.FailAsync(1, [.. ask, "40"]));
        Assert.Contains("--model-memory", _cli.Error, StringComparison.Ordinal);
        Assert.NotEqual("", (await _cli.JsonAsync([.. ask, "2048"])).GetProperty("exchanges")[0].GetProperty("answer").GetString());
    }

    private static (string? Form, string? Cube) Memory(JsonElement chat)
    {
        JsonElement memory = chat.GetProperty("exchanges")[0].GetProperty("memories")[0];
        return (memory.GetProperty("form").GetString(), memory.GetProperty("cube").GetString());
    }

    private Task<JsonElement> ChatAsync() => _cli.JsonAsync("chat", "Where does the kettle stand?", "--model", models.Llama, "--context", "512", "--max-tokens", "8", "--no-store");
}
