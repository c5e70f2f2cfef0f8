using System.Text.Json.Nodes;

namespace MemOS.Server.Tests.Rest;

[Collection(RunningServer.Name)]
public sealed class CubeRoutesTests(ServerFixture server)
{
    [Fact]
    public async Task A_cube_is_written_changed_read_back_and_rolled_back()
    {
        string url = await CubesAsync();
        JsonNode made = await server.OkAsync(HttpMethod.Post, url, new
        {
            text = "Ann lives in Oslo.",
            type = "fact",
            origin = "user_input",
            speaker = "Ann",
            fact_key = "ann/residence",
            tags = new[] { "home" },
            governance = new { layer = "private", readers = new[] { "bob" }, priority = 5, sensitivity = "personal", half_life_hours = 48 },
            valid = new { from = "2024-01-01T00:00:00Z" },
        });
        string cube = $"{url}/{(string?)made["id"]}";
        Assert.Equal((1, "fact", "private", 48.0), ((int?)made["version"], (string?)made["type"], (string?)made["governance"]!["layer"], (double?)made["governance"]!["half_life_hours"]));

        JsonNode changed = await server.OkAsync(HttpMethod.Patch, cube, new { expected_version = 1, text = "Ann lives in Bergen." });
        Assert.Equal((2, "Ann lives in Bergen."), ((int?)changed["version"], (string?)changed["text"]));
        Assert.Equal("private", (string?)changed["governance"]!["layer"]);

        JsonNode difference = await server.OkAsync(HttpMethod.Get, $"{cube}/diff?before=1&after=2");
        Assert.Contains(difference["changes"]!.AsArray(), change => (string?)change!["field"] == "text" && (string?)change["before"] == "Ann lives in Oslo.");
        Assert.Equal("Ann lives in Oslo.", (string?)(await server.OkAsync(HttpMethod.Get, $"{cube}?version=1"))["text"]);
        Assert.Equal("Ann lives in Oslo.", (string?)(await server.OkAsync(HttpMethod.Get, $"{cube}?as_of={Uri.EscapeDataString((string)made["tx_from"]!)}"))["text"]);

        JsonNode restored = await server.OkAsync(HttpMethod.Post, $"{cube}/rollback", new { version = 1, expected_version = 2 });
        Assert.Equal((3, "Ann lives in Oslo."), ((int?)restored["version"], (string?)restored["text"]));
        Assert.Equal([1, 2, 3], (await server.OkAsync(HttpMethod.Get, $"{cube}/versions"))["items"]!.AsArray().Select(version => (int)version!["version"]!));
        Assert.Equal(0, (int?)(await server.OkAsync(HttpMethod.Get, $"{cube}/usage"))["uses"]);
    }

    [Fact]
    public async Task A_stale_change_is_refused_in_both_ways_of_saying_it()
    {
        string url = await CubesAsync();
        string cube = $"{url}/{(string?)(await server.OkAsync(HttpMethod.Post, url, new { text = "one" }))["id"]}";
        await server.OkAsync(HttpMethod.Patch, cube, new { text = "two" });
        (int status, JsonNode problem) = await server.SendAsync(HttpMethod.Patch, cube, new { text = "three", expected_version = 1 });
        Assert.Equal((409, "version_conflict"), (status, (string?)problem["code"]));
        Assert.Equal(409, (await server.SendAsync(HttpMethod.Patch, cube, new { text = "three" }, ("If-Match", "\"1\""))).Status);
        Assert.Equal(400, (await server.SendAsync(HttpMethod.Patch, cube, new { text = "three" }, ("If-Match", "abc"))).Status);
        Assert.Equal(400, (await server.SendAsync(HttpMethod.Patch, cube, new { text = "three", expected_version = 2 }, ("If-Match", "1"))).Status);
        Assert.Equal(200, (await server.SendAsync(HttpMethod.Patch, cube, new { text = "three" }, ("If-Match", "\"2\""))).Status);
    }

    [Fact]
    public async Task Of_many_who_change_the_version_that_they_read_one_wins()
    {
        string url = await CubesAsync();
        string cube = $"{url}/{(string?)(await server.OkAsync(HttpMethod.Post, url, new { text = "start" }))["id"]}";
        (int Status, JsonNode Body)[] answers = await Task.WhenAll(
            Enumerable.Range(0, 20).Select(i => server.SendAsync(HttpMethod.Patch, cube, new { text = $"writer {i}", expected_version = 1 })));
        Assert.Equal(1, answers.Count(answer => answer.Status == 200));
        Assert.Equal(19, answers.Count(answer => answer.Status == 409));
    }

    [Fact]
    public async Task Cubes_are_fused_and_unfused()
    {
        string url = await CubesAsync();
        string?[] parts = [await MakeAsync(url, "The cellar has a lamp."), await MakeAsync(url, "The lamp is green.")];
        JsonNode fused = await server.OkAsync(HttpMethod.Post, $"{url}/fuse", new { cubes = parts });
        Assert.Equal("merged", (string?)fused["state"]);
        Assert.Equal("archived", (string?)(await server.OkAsync(HttpMethod.Get, $"{url}/{parts[0]}"))["state"]);
        JsonNode lineage = await server.OkAsync(HttpMethod.Get, $"{url}/{(string?)fused["id"]}/lineage");
        Assert.Equal(2, lineage["edges"]!.AsArray().Count(edge => (string?)edge!["kind"] == "fused_from"));
        JsonNode restored = await server.OkAsync(HttpMethod.Post, $"{url}/{(string?)fused["id"]}/unfuse");
        Assert.Equal(["The cellar has a lamp.", "The lamp is green."], restored["items"]!.AsArray().Select(part => (string)part!["text"]!));
    }

    [Fact]
    public async Task A_text_is_sliced_and_joined()
    {
        string url = await CubesAsync();
        string? whole = await MakeAsync(url, "First half. Second half.");
        JsonNode parts = await server.OkAsync(HttpMethod.Post, $"{url}/{whole}/slice", new { cuts = new[] { 12 } });
        Assert.Equal(["First half. ", "Second half."], parts["items"]!.AsArray().Select(part => (string)part!["text"]!));
        Assert.Equal("First half. Second half.", (string?)(await server.OkAsync(HttpMethod.Post, $"{url}/{whole}/join"))["text"]);
    }

    [Fact]
    public async Task A_composite_resolves_to_its_parts()
    {
        string url = await CubesAsync();
        string?[] members = [await MakeAsync(url, "Be brief."), await MakeAsync(url, "The user is called Ann.")];
        JsonNode composite = await server.OkAsync(HttpMethod.Post, $"{url}/compose", new { cubes = members });
        Assert.Equal("composite", (string?)composite["payload"]!["kind"]);
        JsonNode plan = await server.OkAsync(HttpMethod.Get, $"{url}/{(string?)composite["id"]}/resolve");
        Assert.Equal(["Be brief.", "The user is called Ann."], plan["parts"]!.AsArray().Select(part => (string)part!["cube"]!["text"]!));
        Assert.Contains("Be brief.", (string?)plan["prompt_text"], StringComparison.Ordinal);
        using HttpResponseMessage bytes = await server.Client.GetAsync($"{url}/{(string?)composite["id"]}/payload");
        Assert.Equal((long?)composite["payload"]!["length"], (await bytes.Content.ReadAsByteArrayAsync()).Length);
    }

    [Fact]
    public async Task The_life_cycle_is_kept()
    {
        string url = await CubesAsync();
        string? cube = await MakeAsync(url, "A law that must not change.");
        await server.OkAsync(HttpMethod.Post, $"{url}/{cube}/transition", new { state = "frozen" });
        (int status, JsonNode problem) = await server.SendAsync(HttpMethod.Patch, $"{url}/{cube}", new { text = "changed" });
        Assert.Equal((409, "illegal_transition"), (status, (string?)problem["code"]));
        JsonNode frozen = await server.OkAsync(HttpMethod.Get, $"{url}?state=frozen");
        Assert.Equal(cube, (string?)Assert.Single(frozen["items"]!.AsArray())!["id"]);
    }

    private async Task<string> CubesAsync() => $"/api/v1/vaults/{Uri.EscapeDataString(await server.NewVaultAsync())}/cubes";

    private async Task<string?> MakeAsync(string url, string text) => (string?)(await server.OkAsync(HttpMethod.Post, url, new { text }))["id"];
}
