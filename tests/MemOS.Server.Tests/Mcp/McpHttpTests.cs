using System.Net.Http.Json;
using System.Text.Json.Nodes;
using MemOS.Testing;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace MemOS.Server.Tests.Mcp;

/// <summary>MCP over streamable HTTP, as its published clients speak it.</summary>
[Collection(RunningServer.Name)]
public sealed class McpHttpTests(ServerFixture server)
{
    private Uri Address(string vault) => new(server.Client.BaseAddress!, $"/mcp?vault={vault}");

    [NodeFact]
    public async Task The_npm_client_does_everything_over_http() =>
        Assert.Contains("mcp over http: ok", await NodeProgram.RunAsync(new Dictionary<string, string> { ["URL"] = Address("mcp-npm").ToString(), ["KEY"] = server.Key }, "mcp.mjs", "http"), StringComparison.Ordinal);

    [NodeFact]
    public async Task The_inspectors_command_line_lists_and_calls_tools()
    {
        string[] target = [Path.Combine("node_modules", ".bin", "mcp-inspector"), "--cli", Address("mcp-inspector").ToString(), "--transport", "http", "--header", $"Authorization: Bearer {server.Key}"];
        Dictionary<string, string> home = new() { ["HOME"] = Directory.CreateTempSubdirectory("memos-inspector-").FullName };
        JsonNode tools = JsonNode.Parse(await NodeProgram.RunAsync(home, [.. target, "--method", "tools/list"]))!;
        Assert.Equal(8, tools["tools"]!.AsArray().Count);
        await NodeProgram.RunAsync(home, [.. target, "--method", "tools/call", "--tool-name", "add", "--tool-arg", "text=The kettle is green."]);
        string found = await NodeProgram.RunAsync(home, [.. target, "--method", "tools/call", "--tool-name", "search", "--tool-arg", "query=What colour is the kettle?"]);
        Assert.Contains("The kettle is green.", found, StringComparison.Ordinal);
        Assert.Contains("memos://memory/", await NodeProgram.RunAsync(home, [.. target, "--method", "resources/list"]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_reaches_its_own_vault_and_no_other()
    {
        string victim = $"mcp-{Guid.CreateVersion7():N}";
        await using McpClient owner = await ConnectAsync(server.Key, Address(victim));
        CallToolResult added = await owner.CallToolAsync("add", new Dictionary<string, object?> { ["text"] = "The code of the safe is heliotrope." });
        string id = (string)JsonNode.Parse(added.StructuredContent!.Value.GetRawText())!["memories"]![0]!["id"]!;

        JsonNode made = await server.OkAsync(HttpMethod.Post, "/api/v1/keys", new { name = "mallory", vaults = new[] { "mallory" } });
        await using McpClient own = await ConnectAsync((string)made["key"]!, new Uri(server.Client.BaseAddress!, "/mcp"));
        Assert.DoesNotContain("heliotrope", Text(await own.CallToolAsync("search", new Dictionary<string, object?> { ["query"] = "code of the safe" })), StringComparison.Ordinal);
        CallToolResult read = await own.CallToolAsync("get", new Dictionary<string, object?> { ["id"] = id });
        Assert.True(read.IsError);
        Assert.StartsWith("cube_not_found", Text(read), StringComparison.Ordinal);

        await using McpClient foreign = await ConnectAsync((string)made["key"]!, Address(victim));
        CallToolResult refused = await foreign.CallToolAsync("search", new Dictionary<string, object?> { ["query"] = "code of the safe" });
        Assert.True(refused.IsError);
        Assert.DoesNotContain("heliotrope", Text(refused), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_key_nothing_is_answered()
    {
        using HttpClient stranger = new() { BaseAddress = server.Client.BaseAddress };
        using HttpResponseMessage response = await stranger.PostAsJsonAsync("/mcp", new { jsonrpc = "2.0", id = 1, method = "tools/list" });
        Assert.Equal(401, (int)response.StatusCode);
    }

    private static string Text(CallToolResult result) => string.Concat(result.Content.OfType<TextContentBlock>().Select(block => block.Text));

    private static Task<McpClient> ConnectAsync(string key, Uri address) => McpClient.CreateAsync(new HttpClientTransport(new HttpClientTransportOptions
    {
        Endpoint = address,
        TransportMode = HttpTransportMode.StreamableHttp,
        AdditionalHeaders = new Dictionary<string, string> { ["Authorization"] = $"Bearer {key}" },
    }));
}
