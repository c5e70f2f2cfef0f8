using System.Text.Json;
using System.Text.Json.Nodes;
using MemOS.Testing;

namespace MemOS.Server.Tests.Rest;

/// <summary>The document in docs/reference is the interface. Set MEMOS_UPDATE_OPENAPI=1 and run this test to write it anew.</summary>
[Collection(RunningServer.Name)]
public sealed class OpenApiDocumentTests(ServerFixture server)
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    [Fact]
    public async Task The_committed_document_is_what_the_server_offers()
    {
        string file = Path.Combine(RepositoryFolder.Path, "docs", "reference", "openapi.json");
        string offered = (await server.OkAsync(HttpMethod.Get, "/openapi/v1.json")).ToJsonString(Indented) + "\n";
        if (Environment.GetEnvironmentVariable("MEMOS_UPDATE_OPENAPI") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            await File.WriteAllTextAsync(file, offered);
        }

        Assert.True(File.Exists(file), "docs/reference/openapi.json is missing: run this test with MEMOS_UPDATE_OPENAPI=1.");
        Assert.Equal(await File.ReadAllTextAsync(file), offered);
    }

    [Fact]
    public async Task Every_operation_has_a_summary_and_says_how_it_fails()
    {
        JsonNode document = await server.OkAsync(HttpMethod.Get, "/openapi/v1.json");
        foreach ((string path, JsonNode? methods) in document["paths"]!.AsObject())
        {
            foreach ((string method, JsonNode? operation) in methods!.AsObject())
            {
                Assert.True(!string.IsNullOrEmpty((string?)operation!["summary"]), $"{method} {path} has no summary.");
                Assert.True(path == "/health" || operation["responses"]!["400"] is not null, $"{method} {path} does not say how it fails.");
            }
        }
    }
}
