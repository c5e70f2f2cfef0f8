using System.Text.Json.Nodes;

namespace MemOS.Server.Tests.Rest;

[Collection(RunningServer.Name)]
public sealed class GovernanceRoutesTests(ServerFixture server)
{
    [Fact]
    public async Task Branches_are_written_to_merged_and_discarded()
    {
        string url = $"/api/v1/vaults/{Uri.EscapeDataString(await server.NewVaultAsync())}";
        string? cube = (string?)(await server.OkAsync(HttpMethod.Post, $"{url}/cubes", new { text = "Plan A." }))["id"];
        JsonNode branch = await server.OkAsync(HttpMethod.Post, $"{url}/branches", new { name = "what-if" });
        Assert.Equal("what-if", (string?)branch["name"]);
        await server.OkAsync(HttpMethod.Patch, $"{url}/cubes/{cube}", new { text = "Plan B.", branch = "what-if" });
        Assert.Equal("Plan A.", (string?)(await server.OkAsync(HttpMethod.Get, $"{url}/cubes/{cube}"))["text"]);
        Assert.Equal("Plan B.", (string?)(await server.OkAsync(HttpMethod.Get, $"{url}/cubes/{cube}?branch=what-if"))["text"]);
        Assert.Equal(1, (int?)(await server.OkAsync(HttpMethod.Post, $"{url}/branches/what-if/merge"))["changed"]);
        Assert.Equal("Plan B.", (string?)(await server.OkAsync(HttpMethod.Get, $"{url}/cubes/{cube}"))["text"]);
        await server.OkAsync(HttpMethod.Post, $"{url}/branches", new { name = "other" });
        await server.OkAsync(HttpMethod.Delete, $"{url}/branches/other");
        Assert.Empty((await server.OkAsync(HttpMethod.Get, $"{url}/branches"))["items"]!.AsArray());
        Assert.Equal(404, (await server.SendAsync(HttpMethod.Delete, $"{url}/branches/other")).Status);
    }

    [Fact]
    public async Task Forgetting_takes_the_message_the_cube_and_its_bytes()
    {
        string vault = await server.NewVaultAsync();
        string url = $"/api/v1/vaults/{Uri.EscapeDataString(vault)}";
        string cube = await server.RememberAsync(vault, "The vault code is xylophone-quartz.");
        await server.RememberAsync(vault, "The garden has roses.");
        JsonNode forgotten = await server.OkAsync(HttpMethod.Post, $"{url}/forget", new { cubes = new[] { cube } });
        Assert.Equal(1, (int?)forgotten["messages"]);
        Assert.Equal(404, (await server.GetAsync($"{url}/cubes/{cube}")).Status);
        Assert.DoesNotContain("xylophone", (await server.OkAsync(HttpMethod.Get, $"{url}/messages")).ToJsonString(), StringComparison.Ordinal);
        Assert.Contains("roses", (await server.OkAsync(HttpMethod.Get, $"{url}/messages")).ToJsonString(), StringComparison.Ordinal);
        JsonNode audit = await server.OkAsync(HttpMethod.Get, $"{url}/audit?operation=forget");
        Assert.NotEmpty(audit["items"]!.AsArray());
        Assert.DoesNotContain("xylophone", audit.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Forgetting_what_nothing_names_is_refused()
    {
        string url = $"/api/v1/vaults/{Uri.EscapeDataString(await server.NewVaultAsync())}";
        (int status, JsonNode problem) = await server.PostAsync($"{url}/forget", "{}");
        Assert.Equal((400, "unscoped_delete"), (status, (string?)problem["code"]));
    }

    [Fact]
    public async Task The_audit_log_and_dead_jobs_are_listed()
    {
        string vault = await server.NewVaultAsync();
        string url = $"/api/v1/vaults/{Uri.EscapeDataString(vault)}";
        await server.RememberAsync(vault, "Something.");
        JsonNode settled = await server.OkAsync(HttpMethod.Post, $"{url}/settle");
        Assert.Equal((0, 0), ((int?)settled["pending_jobs"], (int?)settled["dead_jobs"]));
        JsonNode audit = await server.OkAsync(HttpMethod.Get, $"{url}/audit?caller=owner&limit=5&from=2020-01-01T00:00:00Z");
        Assert.Contains(audit["items"]!.AsArray(), entry => (string?)entry!["operation"] == "add");
        Assert.Empty((await server.OkAsync(HttpMethod.Get, $"{url}/jobs/dead"))["items"]!.AsArray());
    }

    [Fact]
    public async Task An_export_holds_every_message_and_cube()
    {
        string vault = await server.NewVaultAsync();
        string url = $"/api/v1/vaults/{Uri.EscapeDataString(vault)}";
        await server.OkAsync(HttpMethod.Post, $"{url}/messages", new { messages = Enumerable.Range(0, 600).Select(i => new { text = $"Entry {i} of the log." }) });
        string? cube = (string?)(await server.OkAsync(HttpMethod.Post, $"{url}/cubes", new { text = "old" }))["id"];
        await server.OkAsync(HttpMethod.Patch, $"{url}/cubes/{cube}", new { text = "new" });
        JsonNode[] lines = await LinesAsync($"{url}/export");
        Assert.Equal(("memos-export", 1, vault), ((string?)lines[0]["format"], (int?)lines[0]["format_version"], (string?)lines[0]["vault"]));
        Assert.Equal(600, lines.Count(line => line["message"] is not null));
        Assert.Equal(601, lines.Count(line => line["cube"] is not null));
        Assert.DoesNotContain(lines, line => (string?)line["cube"]?["text"] == "old");
        Assert.Contains(await LinesAsync($"{url}/export?history=true"), line => (string?)line["cube"]?["text"] == "old");
    }

    private async Task<JsonNode[]> LinesAsync(string url) =>
        [.. (await server.Client.GetStringAsync(url)).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!)];
}
