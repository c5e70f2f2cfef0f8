using System.Diagnostics;
using System.Text.Json;
using MemOS.Testing;
using Xunit;

namespace MemOS.Cli.Tests;

/// <summary><c>memos mcp</c> as a process of its own, as MCP clients start it.</summary>
public sealed class McpTests : IDisposable
{
    private static readonly string Tool = Path.Combine(AppContext.BaseDirectory, "MemOS.Cli.dll");
    private readonly CliRun _cli = new();

    public void Dispose() => _cli.Dispose();

    [NodeFact]
    public async Task The_npm_client_does_everything_over_stdio() =>
        Assert.Contains(
            "mcp over stdio: ok",
            await NodeProgram.RunAsync(new Dictionary<string, string>(), "mcp.mjs", "stdio", "dotnet", Tool, "mcp", "--data", _cli.DataFolder, "--vault", "alice"),
            StringComparison.Ordinal);

    [NodeFact]
    public async Task The_inspectors_command_line_talks_to_it()
    {
        Dictionary<string, string> home = new() { ["HOME"] = Directory.CreateTempSubdirectory("memos-inspector-").FullName };
        string tools = await NodeProgram.RunAsync(home, Path.Combine("node_modules", ".bin", "mcp-inspector"), "--cli", "dotnet", Tool, "mcp", "--data", _cli.DataFolder, "--method", "tools/list");
        Assert.Contains("\"feedback\"", tools, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("")]
    public async Task What_was_asked_before_standard_input_closed_is_answered_then_the_tool_ends(string lastEnd)
    {
        string[] lines =
        [
            """{"jsonrpc":"2.0","id":"first","method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"name":"test","version":"1"}}}""",
            """{"jsonrpc":"2.0","method":"notifications/initialized"}""",
            "this is no message",
            """{"id":1,"method":"ping"}""",
            """{"jsonrpc":"2.0","id":2,"method":"no/such/method"}""",
            """{"jsonrpc":"2.0","id":3,"method":"tools/call","params":{"name":"add","arguments":{"text":"The boat is called Ida."}}}""",
        ];
        JsonElement[] answers = await ServeAsync(string.Join('\n', lines) + lastEnd, "alice");
        Assert.Equal("memos", Answer(answers, "\"first\"").GetProperty("result").GetProperty("serverInfo").GetProperty("name").GetString());
        Assert.True(Answer(answers, "2").TryGetProperty("error", out _));
        Assert.False(Answer(answers, "3").GetProperty("result").TryGetProperty("isError", out JsonElement failed) && failed.GetBoolean());
        Assert.Contains("Ida", (await _cli.JsonAsync("recall", "What is the boat called?", "--vault", "alice")).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_damaged_vault_is_told_of_without_the_folder_that_it_lies_in()
    {
        string folder = Directory.CreateDirectory(Path.Combine(_cli.DataFolder, "vaults", "alice")).FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "vault.db"), "no database");
        string call = """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"search","arguments":{"query":"boat"}}}""";
        JsonElement result = Answer(await ServeAsync(call, "alice"), "1").GetProperty("result");
        Assert.True(result.GetProperty("isError").GetBoolean());
        Assert.StartsWith($"{ErrorCodes.Corrupted}: 'vaults/alice/vault.db' is damaged", result.GetProperty("content")[0].GetProperty("text").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_that_is_none_is_a_usage_error() => Assert.Equal("usage", await _cli.FailAsync(2, "mcp", "--server", "ftp://x"));

    private async Task<JsonElement[]> ServeAsync(string input, string vault)
    {
        ProcessStartInfo start = new("dotnet", [Tool, "mcp", "--data", _cli.DataFolder, "--vault", vault]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        using Process tool = Process.Start(start) ?? throw new InvalidOperationException("The tool did not start.");
        try
        {
            await tool.StandardInput.WriteAsync(input);
            tool.StandardInput.Close();
            string output = await tool.StandardOutput.ReadToEndAsync().WaitAsync(TimeSpan.FromMinutes(1));
            await tool.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(1));
            Assert.Equal(0, tool.ExitCode);
            return [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)];
        }
        finally
        {
            if (!tool.HasExited)
            {
                tool.Kill();
            }
        }
    }

    private static JsonElement Answer(JsonElement[] answers, string id) => answers.Single(answer => answer.TryGetProperty("id", out JsonElement of) && of.GetRawText() == id);
}
