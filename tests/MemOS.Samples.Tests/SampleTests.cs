using System.Diagnostics;
using System.Net.Http.Json;
using MemOS.Testing.Models;

namespace MemOS.Samples.Tests;

/// <summary>Every sample, run as a program, does what its first lines say.</summary>
public sealed class SampleTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("memos-samples-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task The_console_chat_knows_in_the_next_run_what_was_said_in_this_one()
    {
        await RunAsync("ConsoleChat", "My sister Vera lives in Trieste.\n\n");
        Assert.Contains("My sister Vera lives in Trieste.", await RunAsync("ConsoleChat", "Where does Vera live?\n\n"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_agent_remembers_and_recalls_by_calling_tools()
    {
        string output = await RunAsync("AgentTools");
        Assert.Contains("Remembered as", output, StringComparison.Ordinal);
        Assert.Contains("Alice is allergic to peanuts.", output, StringComparison.Ordinal);
        Assert.Contains("explain: ", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_knowledge_base_answers_with_sources_and_stores_only_what_changed()
    {
        string output = await RunAsync("KnowledgeBase");
        Assert.Contains("1 of them changed.", output, StringComparison.Ordinal);
        Assert.Contains("consent of a manager", output, StringComparison.Ordinal);
        Assert.Contains("Everybody has 32 days", output, StringComparison.Ordinal);
        Assert.Contains("handbook.md, passage", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Time_travel_tells_now_then_and_back()
    {
        string output = await RunAsync("TimeTravel");
        Assert.Contains("Now:  The release is planned for the 7th of June.", output, StringComparison.Ordinal);
        Assert.Contains("Then: The release is planned for the 3rd of May.", output, StringComparison.Ordinal);
        Assert.Contains("Version 2", output, StringComparison.Ordinal);
        Assert.Contains("Back: The release is planned for the 3rd of May.", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_web_application_keeps_users_apart_and_forgets_one()
    {
        using Process program = Start("WebApp", "--urls", "http://127.0.0.1:0", "--data", _folder);
        try
        {
            string? line;
            do
            {
                line = await program.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromMinutes(2));
            }
            while (line is not null && !line.Contains("Now listening on:", StringComparison.Ordinal));
            Assert.NotNull(line);
            using HttpClient client = new() { BaseAddress = new Uri(line[line.IndexOf("http", StringComparison.Ordinal)..].Trim()) };
            Assert.Equal("Healthy", await client.GetStringAsync("/health"));
            await SayAsync("ann", "My favourite tea is lapsang.");
            Assert.Contains("lapsang", await SayAsync("ann", "What is my favourite tea?"), StringComparison.Ordinal);
            Assert.DoesNotContain("lapsang", await SayAsync("ben", "What is my favourite tea?"), StringComparison.Ordinal);
            Assert.Equal("true", await (await client.DeleteAsync("/ann")).Content.ReadAsStringAsync());
            Assert.DoesNotContain("lapsang", await client.GetStringAsync("/ann/memories"), StringComparison.Ordinal);

            async Task<string> SayAsync(string user, string text) => await (await client.PostAsJsonAsync($"/{user}/chat", new { text })).Content.ReadAsStringAsync();
        }
        finally
        {
            program.Kill();
            await program.WaitForExitAsync();
        }
    }

    [LlamaFact]
    public async Task Three_forms_of_one_memory_give_its_answer_and_end_with_its_text()
    {
        string adapter = Path.Combine(_folder, "adapter.gguf");
        using Process maker = Start("MemOS.ModelMaker", "adapter", adapter, "1");
        await EndAsync(maker);
        using Process program = Start("ThreeForms", _folder, adapter);
        string output = await EndAsync(program);
        Assert.Contains("Plaintext: Anna lives in Vienna. (read as text)", output, StringComparison.Ordinal);
        Assert.Contains("Activation: Anna lives in Vienna. (read as state)", output, StringComparison.Ordinal);
        Assert.Contains("After the edit: SourceChanged.", output, StringComparison.Ordinal);
        Assert.Contains("Plaintext again: Anna lives in Oslo. (read as text)", output, StringComparison.Ordinal);
        Assert.Contains("Activation again: Anna lives in Oslo. (read as state)", output, StringComparison.Ordinal);
        Assert.Contains("version 2 of 2", output, StringComparison.Ordinal);
        Assert.Contains("Parametric, scale 0: Anna lives in Oslo.", output, StringComparison.Ordinal);
        Assert.Contains("Parametric, scale 8: ", output, StringComparison.Ordinal);
        Assert.DoesNotContain("Parametric, scale 8: Anna lives in Oslo.", output, StringComparison.Ordinal); // random weights teach nothing, but are applied
    }

    [Fact]
    public async Task Three_forms_say_what_is_missing_where_no_model_can_run()
    {
        using Process program = Start("ThreeForms", new Dictionary<string, string> { ["MEMOS_LLAMA"] = _folder }, _folder);
        Assert.StartsWith("No model runs here", await EndAsync(program), StringComparison.Ordinal);
    }

    private static Process Start(string sample, params string[] arguments) => Start(sample, new Dictionary<string, string>(), arguments);

    private static Process Start(string sample, Dictionary<string, string> environment, params string[] arguments)
    {
        string program = Path.Combine(AppContext.BaseDirectory.Replace("MemOS.Samples.Tests", sample, StringComparison.Ordinal), $"{sample}.dll");
        ProcessStartInfo start = new("dotnet", [program, .. arguments]) { RedirectStandardInput = true, RedirectStandardOutput = true, WorkingDirectory = Path.GetDirectoryName(program) };
        start.Environment.Remove("CHAT_URL");
        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start) ?? throw new InvalidOperationException($"{sample} did not start.");
    }

    private async Task<string> RunAsync(string sample, string input = "")
    {
        using Process program = Start(sample, _folder);
        await program.StandardInput.WriteAsync(input);
        return await EndAsync(program);
    }

    private static async Task<string> EndAsync(Process program)
    {
        program.StandardInput.Close();
        string output = await program.StandardOutput.ReadToEndAsync();
        await program.WaitForExitAsync();
        Assert.Equal(0, program.ExitCode);
        return output;
    }
}
