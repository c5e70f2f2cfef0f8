using MemOS.Evaluation.Answers;
using MemOS.Evaluation.Datasets;
using MemOS.Evaluation.Datasets.LoCoMo;
using MemOS.Evaluation.Tests.Datasets.LoCoMo;
using MemOS.Models.BuiltIn;
using MemOS.Vaults;
using MemOS.Vaults.Sqlite;

namespace MemOS.Evaluation.Tests.Answers;

public sealed class AnswerEvaluationTests : IDisposable
{
    private static readonly BoundedRetryPolicy Quick = new(3, TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(5));

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("memos-answers-");

    public AnswerEvaluationTests() => MadeUpConversation.Write(Data, "26");

    private string Data => Directory.CreateDirectory(Path.Combine(_folder.FullName, "data")).FullName;

    private string RunFile => Path.Combine(_folder.FullName, "run.jsonl");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Three_systems_answer_the_same_questions_under_the_same_prompts_and_are_judged()
    {
        await using ScriptedEndpoint endpoint = await ScriptedEndpoint.StartAsync(Model);
        AnswerReport report = await RunAsync(endpoint);
        Assert.Equal(["memos", "rag", "full"], report.Systems.Select(system => system.System));
        Assert.All(report.Systems, system => Assert.Equal(4, system.Questions));
        Assert.Equal(1, report.Systems[0].Categories["single-hop"]); // the note on the vase was there, and the judge agreed
        Assert.Equal(["rag", "full"], report.Contests.Select(contest => contest.Other));
        Assert.All(report.Systems.Where(system => system.System != "full"), system => Assert.InRange(system.ContextTokens, 1, 60));
        Assert.True(report.Systems[2].ContextTokens > 60);

        (string Model, string Prompt, string? Key)[] answering = [.. endpoint.Asked.Where(asked => asked.Model == "reader")];
        Assert.Equal(12, answering.Length);
        Assert.All(endpoint.Asked, asked => Assert.Equal("Bearer secret-key", asked.Key));
        Assert.Equal(4, answering.Select(asked => WithoutNotes(asked.Prompt)).Distinct().Count()); // one for each question, whichever system asks
        Assert.Equal(answering.Sum(asked => asked.Prompt.Length), report.Systems.Sum(system => system.Answering.Input));
        Assert.Equal(12 * 7, report.Systems.Sum(system => system.Answering.Output));
        Assert.Equal(12 * 7, report.Systems.Sum(system => system.Judging.Output));
        Assert.Contains("against full", report.ToTable(), StringComparison.Ordinal);
        Assert.Contains("<svg", report.ToPage(), StringComparison.Ordinal);
        Assert.Contains("\"judge_model\": \"judge\"", report.ToJson(), StringComparison.Ordinal);
        Assert.DoesNotContain("secret-key", await File.ReadAllTextAsync(RunFile), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_answered_is_not_asked_again()
    {
        await using ScriptedEndpoint endpoint = await ScriptedEndpoint.StartAsync(Model);
        AnswerReport first = await RunAsync(endpoint);
        int asked = endpoint.Asked.Count;
        Assert.Equal(first.ToJson(), (await RunAsync(endpoint)).ToJson());
        Assert.Equal(asked, endpoint.Asked.Count);

        string text = await File.ReadAllTextAsync(RunFile);
        await File.WriteAllTextAsync(RunFile, text[..^20]); // as a crash leaves it
        Assert.Equal(first.Systems.Select(system => system.Score), (await RunAsync(endpoint)).Systems.Select(system => system.Score));
        Assert.Equal(asked + 2, endpoint.Asked.Count); // one answer and one judgement

        MemOSException other = await Assert.ThrowsAsync<MemOSException>(() => RunAsync(endpoint, budget: 99));
        Assert.Equal(ErrorCodes.InvalidInput, other.Code);
    }

    [Theory]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(503)]
    public async Task A_busy_endpoint_is_asked_again(int status)
    {
        await using ScriptedEndpoint endpoint = await ScriptedEndpoint.StartAsync((number, model, prompt) => number % 2 == 1 ? (status, "") : Model(number, model, prompt));
        AnswerReport report = await RunAsync(endpoint, systems: ["full"]);
        Assert.Equal(4, report.Systems[0].Questions);
        Assert.Equal(16, endpoint.Asked.Count); // four answers and four judgements, each asked for twice
    }

    [Fact]
    public async Task An_endpoint_that_stays_busy_ends_the_run_and_the_next_one_goes_on()
    {
        bool down = false;
        await using ScriptedEndpoint endpoint = await ScriptedEndpoint.StartAsync((number, model, prompt) =>
        {
            down |= number == 4;
            return down ? (503, "") : Model(number, model, prompt);
        });
        MemOSException failed = await Assert.ThrowsAsync<MemOSException>(() => RunAsync(endpoint, systems: ["full"]));
        Assert.Equal(ErrorCodes.ModelFailed, failed.Code);
        Assert.Contains("503", failed.Message, StringComparison.Ordinal);
        Assert.Equal(3 + 4, endpoint.Asked.Count); // once and three times again
        await using ScriptedEndpoint repaired = await ScriptedEndpoint.StartAsync(Model);
        Assert.Equal(4, (await RunAsync(repaired, systems: ["full"])).Systems[0].Questions);
        Assert.Equal(6, repaired.Asked.Count); // the first question had been answered and judged
    }

    [Theory]
    [InlineData(401)]
    [InlineData(404)]
    public async Task A_wrong_key_or_model_is_not_tried_again(int status)
    {
        await using ScriptedEndpoint endpoint = await ScriptedEndpoint.StartAsync((_, _, _) => (status, ""));
        Assert.Equal(ErrorCodes.ModelFailed, (await Assert.ThrowsAsync<MemOSException>(() => RunAsync(endpoint))).Code);
        Assert.Single(endpoint.Asked);
    }

    [Fact]
    public async Task An_address_where_nobody_listens_is_told()
    {
        ScriptedEndpoint endpoint = await ScriptedEndpoint.StartAsync(Model);
        Uri address = endpoint.Address;
        await endpoint.DisposeAsync();
        using ChatEndpoint gone = new(address, "reader", null, Quick);
        Assert.Equal(ErrorCodes.ModelFailed, (await Assert.ThrowsAsync<MemOSException>(() => gone.AskAsync("?"))).Code);
    }

    [Fact]
    public async Task A_prompt_that_is_too_long_counts_as_wrong_and_is_reported()
    {
        await using ScriptedEndpoint endpoint = await ScriptedEndpoint.StartAsync((number, model, prompt) =>
            prompt.Contains("bicycle", StringComparison.Ordinal) && prompt.Contains("balcony", StringComparison.Ordinal) ? (400, "") : Model(number, model, prompt));
        AnswerSummary full = (await RunAsync(endpoint, systems: ["full"])).Systems[0];
        Assert.Equal((4, 4, 0), (full.Questions, full.Refusals, full.Score));
    }

    [Fact]
    public async Task Where_an_endpoint_does_not_count_tokens_they_are_estimated()
    {
        await using ScriptedEndpoint endpoint = await ScriptedEndpoint.StartAsync((_, _, _) => (200, "12345678"));
        endpoint.Counts = false;
        using ChatEndpoint chat = new(endpoint.Address, "reader", "k");
        Assert.Equal(("12345678", new TokenUsage(3, 2, true)), await chat.AskAsync("123456789"));
    }

    // The model knows what stands in its notes; the judge agrees when the reference stands in the answer.
    private static (int Status, string Answer) Model(int number, string model, string prompt)
    {
        if (model == "judge")
        {
            string answer = Line(prompt, "Answer: ");
            return (200, answer.Contains(Line(prompt, "Reference: "), StringComparison.OrdinalIgnoreCase) ? "Let me see: not WRONG.\nRIGHT" : "WRONG");
        }

        return (200, prompt.Contains("vase", StringComparison.Ordinal) ? "It was the vase." : "not mentioned");
    }

    private static string Line(string prompt, string begin) =>
        prompt.Split('\n').Single(line => line.StartsWith(begin, StringComparison.Ordinal))[begin.Length..];

    private static string WithoutNotes(string prompt) => prompt[..prompt.IndexOf("Notes:", StringComparison.Ordinal)] + prompt[prompt.IndexOf("The question is asked", StringComparison.Ordinal)..];

    private async Task<AnswerReport> RunAsync(ScriptedEndpoint endpoint, string[]? systems = null, int budget = 60)
    {
        using ChatEndpoint answering = new(endpoint.Address, "reader", "secret-key", Quick);
        using ChatEndpoint judging = new(endpoint.Address, "judge", "secret-key", Quick);
        AnswerOptions options = new() { Model = "reader", JudgeModel = "judge", Budget = budget, Systems = [.. systems ?? [.. AnswerOptions.AllSystems]] };
        SqliteVaultEngine engine = new(Path.Combine(_folder.FullName, "vaults"), null, TimeProvider.System);
        return await new AnswerEvaluation(engine, new MemoryVaultOptions { Embedder = WordNetEmbedder.Shared }, answering, judging, options).RunAsync(new LoCoMoReader(), Data, RunFile);
    }
}
