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

    [Fact]
    public async Task An_address_that_is_none_is_a_usage_error() => Assert.Equal("usage", await _cli.FailAsync(2, "mcp", "--server", "ftp://x"));
}
