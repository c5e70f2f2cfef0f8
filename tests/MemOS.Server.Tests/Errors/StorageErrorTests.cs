using System.Text.Json.Nodes;
using MemOS.Models.Llama;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace MemOS.Server.Tests.Errors;

/// <summary>What fails on disk is told to a client without the folders of the server, and to the log with them.</summary>
public sealed class StorageErrorTests : IAsyncLifetime, IDisposable
{
    private const string Database = "'vaults/broken/vault.db' is damaged: it is not an SQLite file. Restore it from a backup; it was left as it is.";

    private readonly KeptLog _log = new();
    private readonly LocalModel _model;
    private readonly LocalChatClient _chat;
    private readonly ServerFixture _server;

    public StorageErrorTests()
    {
        _model = new LocalModel(new LocalModelOptions { Path = Path.Combine(Path.GetTempPath(), "memos-nowhere", "absent.gguf") });
        _chat = new LocalChatClient(_model);
        _server = new ServerFixture { Configure = settings => settings with { Model = _chat } };
    }

    public async Task InitializeAsync()
    {
        await _server.InitializeAsync();
        _server.Loggers.AddProvider(_log);
        string folder = Path.Combine(_server.Folder, "vaults", "broken");
        Directory.CreateDirectory(folder);
        await File.WriteAllTextAsync(Path.Combine(folder, "vault.db"), new string('x', 4096));
    }

    public async Task DisposeAsync()
    {
        await _server.DisposeAsync();
        await _model.DisposeAsync();
    }

    public void Dispose()
    {
        _chat.Dispose();
        _log.Dispose();
    }

    [Fact]
    public async Task Problem_details_name_the_file_by_its_place_in_the_data_folder()
    {
        (int status, JsonNode body) = await _server.PostAsync("/api/v1/vaults/broken/recall", new { text = "kettle" });
        Assert.Equal((500, ErrorCodes.Corrupted, Database), (status, (string?)body["code"], (string?)body["detail"]));
        AssertLogged();
        Assert.Contains(_log.Lines, line => line.StartsWith("POST /api/v1/vaults/{vault}/recall failed: vault_corrupted", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_envelopes_of_existing_clients_do_so_too()
    {
        (int status, JsonNode body) = await _server.PostAsync("/product/search", new { query = "kettle", user_id = "ann", readable_cube_ids = new[] { "broken" } });
        Assert.Equal((500, ErrorCodes.Corrupted, Database), (status, (string?)body["error_code"], (string?)body["message"]));
        AssertLogged();
        (status, body) = await _server.PostAsync("/api/openmem/v1/search/memory", new { query = "kettle", user_id = "broken" });
        Assert.Equal((500, 50000, Database), (status, (int?)body["code"], (string?)body["message"]));
    }

    [Fact]
    public async Task A_vault_without_its_database_names_neither_of_its_files_whole()
    {
        string folder = Path.Combine(_server.Folder, "vaults", "halved");
        Directory.CreateDirectory(folder);
        await File.WriteAllTextAsync(Path.Combine(folder, "vault.seal"), "x");
        (int status, JsonNode body) = await _server.PostAsync("/api/v1/vaults/halved/recall", new { text = "kettle" });
        Assert.Equal((500, "'vaults/halved/vault.db' is damaged: it is missing, though 'vaults/halved/vault.seal' is there. Restore it from a backup; it was left as it is."), (status, (string?)body["detail"]));
        Assert.Equal(204, (await _server.SendAsync(HttpMethod.Delete, "/api/v1/vaults/halved")).Status);
        Assert.False(Directory.Exists(folder));
    }

    [Fact]
    public async Task The_words_of_the_system_about_a_path_are_shortened_as_well()
    {
        await File.WriteAllTextAsync(Path.Combine(_server.Folder, "vaults", "taken"), "a file where a folder belongs");
        (int status, JsonNode body) = await _server.PostAsync("/api/v1/vaults", new { id = "taken" });
        Assert.Equal((503, ErrorCodes.StorageFailed), (status, (string?)body["code"]));
        Assert.Contains("'vaults/taken'", (string?)body["detail"], StringComparison.Ordinal);
        Assert.DoesNotContain(_server.Folder, body.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_tool_of_the_model_context_protocol_does_so_too()
    {
        await using McpClient client = await McpClient.CreateAsync(new HttpClientTransport(new HttpClientTransportOptions
        {
            Endpoint = new Uri(_server.Client.BaseAddress!, "/mcp?vault=broken"), // set before each test
            TransportMode = HttpTransportMode.StreamableHttp,
            AdditionalHeaders = new Dictionary<string, string> { ["Authorization"] = $"Bearer {_server.Key}" },
        }));
        CallToolResult found = await client.CallToolAsync("search", new Dictionary<string, object?> { ["query"] = "kettle" });
        Assert.Equal((true, $"{ErrorCodes.Corrupted}: {Database}"), (found.IsError, string.Concat(found.Content.OfType<TextContentBlock>().Select(block => block.Text))));
        AssertLogged();
        ModelContextProtocol.McpProtocolException listed = await Assert.ThrowsAsync<ModelContextProtocol.McpProtocolException>(async () => await client.ListResourcesAsync());
        Assert.Contains(Database, listed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_model_that_cannot_be_loaded_is_named_without_its_folder()
    {
        string folder = Path.GetDirectoryName(AppContext.BaseDirectory) ?? "";
        object question = new { messages = new[] { new { role = "user", content = "Where is the kettle?" } } };
        (int status, JsonNode body) = await _server.PostAsync("/v1/chat/completions", question);
        Assert.Equal((502, ErrorCodes.ModelFailed), (status, (string?)body["error"]!["code"]));
        Assert.DoesNotContain(Path.GetTempPath(), body.ToJsonString(), StringComparison.Ordinal);
        Assert.DoesNotContain(folder, body.ToJsonString(), StringComparison.Ordinal);
        Assert.Contains(_log.Lines, line => line.Contains("memos-nowhere", StringComparison.Ordinal) || line.Contains(folder, StringComparison.Ordinal));
        (status, body) = await _server.PostAsync("/product/chat/complete", new { user_id = "ann", query = "Where is the kettle?" });
        Assert.Equal(502, status);
        Assert.DoesNotContain(folder, body.ToJsonString(), StringComparison.Ordinal);
    }

    private void AssertLogged() => Assert.Contains(_log.Lines, line => line.Contains(Path.Combine(_server.Folder, "vaults", "broken", "vault.db"), StringComparison.Ordinal));
}
