using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;

namespace MemOS.Server.Tests.Auth;

/// <summary>A key opens the vaults that it names. Of all others its holder learns nothing, not even whether they exist.</summary>
[Collection(RunningServer.Name)]
public sealed partial class ApiKeyTests(ServerFixture server)
{
    [Fact]
    public async Task A_key_opens_the_vaults_that_it_names_and_makes_them()
    {
        string tenant = $"tenant-{Guid.CreateVersion7():N}";
        using HttpClient client = await ClientAsync("alice", tenant, $"{tenant}/*");
        Assert.Equal(201, await StatusAsync(client, HttpMethod.Post, "/api/v1/vaults", new { id = tenant }));
        Assert.Equal(201, await StatusAsync(client, HttpMethod.Post, "/api/v1/vaults", new { id = $"{tenant}/work" }));
        Assert.Equal(200, await StatusAsync(client, HttpMethod.Post, $"/api/v1/vaults/{tenant}/messages", new { messages = new[] { new { text = "Hello there." } } }));
        JsonNode list = (await client.GetFromJsonAsync<JsonNode>("/api/v1/vaults"))!;
        Assert.Equal([tenant, $"{tenant}/work"], list["items"]!.AsArray().Select(name => (string?)name));
        JsonNode audit = (await client.GetFromJsonAsync<JsonNode>($"/api/v1/vaults/{tenant}/audit"))!;
        Assert.Contains("key:alice", audit["items"]!.AsArray().Select(entry => (string?)entry!["caller"]));
        Assert.Equal(204, await StatusAsync(client, HttpMethod.Delete, $"/api/v1/vaults/{Uri.EscapeDataString($"{tenant}/work")}"));
    }

    [Fact]
    public async Task Another_tenants_vault_cannot_be_told_from_one_that_does_not_exist()
    {
        string victim = await server.NewVaultAsync();
        string cube = await server.RememberAsync(victim, "The code of the safe is heliotrope.");
        string missing = $"missing {Guid.CreateVersion7():N}";
        using HttpClient client = await ClientAsync("mallory", "mallory");
        (HttpMethod Method, string Path, object? Body)[] requests =
        [
            (HttpMethod.Get, "", null),
            (HttpMethod.Delete, "", null),
            (HttpMethod.Post, "/rollback", new { as_of = "2026-01-01T00:00:00Z" }),
            (HttpMethod.Post, "/settle", null),
            (HttpMethod.Post, "/messages", new { messages = new[] { new { text = "x" } } }),
            (HttpMethod.Get, "/messages", null),
            (HttpMethod.Post, "/documents", new { name = "n", text = "x" }),
            (HttpMethod.Post, "/recall", new { text = "code of the safe" }),
            (HttpMethod.Get, "/cubes", null),
            (HttpMethod.Post, "/cubes", new { text = "x" }),
            (HttpMethod.Get, $"/cubes/{cube}", null),
            (HttpMethod.Patch, $"/cubes/{cube}", new { text = "x" }),
            (HttpMethod.Get, $"/cubes/{cube}/explain", null),
            (HttpMethod.Post, $"/cubes/{cube}/feedback", new { verdict = "reject" }),
            (HttpMethod.Get, $"/cubes/{cube}/usage", null),
            (HttpMethod.Get, $"/cubes/{cube}/payload", null),
            (HttpMethod.Get, $"/cubes/{cube}/versions", null),
            (HttpMethod.Get, $"/cubes/{cube}/lineage", null),
            (HttpMethod.Get, $"/cubes/{cube}/diff?before=1&after=1", null),
            (HttpMethod.Post, $"/cubes/{cube}/rollback", new { version = 1 }),
            (HttpMethod.Post, $"/cubes/{cube}/transition", new { state = "archived" }),
            (HttpMethod.Post, $"/cubes/{cube}/slice", new { cuts = new[] { 1 } }),
            (HttpMethod.Post, $"/cubes/{cube}/join", null),
            (HttpMethod.Post, $"/cubes/{cube}/unfuse", null),
            (HttpMethod.Post, "/cubes/fuse", new { cubes = new[] { cube, cube } }),
            (HttpMethod.Post, "/cubes/compose", new { cubes = new[] { cube } }),
            (HttpMethod.Get, $"/cubes/{cube}/resolve", null),
            (HttpMethod.Get, "/branches", null),
            (HttpMethod.Post, "/branches", new { name = "b" }),
            (HttpMethod.Post, "/branches/b/merge", null),
            (HttpMethod.Delete, "/branches/b", null),
            (HttpMethod.Post, "/forget", new { everything = true }),
            (HttpMethod.Get, "/audit", null),
            (HttpMethod.Get, "/jobs/dead", null),
            (HttpMethod.Post, "/jobs/1/retry", null),
            (HttpMethod.Post, "/feedback", new { text = "Forget the code." }),
            (HttpMethod.Get, "/states", null),
            (HttpMethod.Get, "/states/policy", null),
            (HttpMethod.Put, "/states/policy", new { promote_heat = 5 }),
            (HttpMethod.Delete, "/states/policy", null),
            (HttpMethod.Get, "/export", null),
        ];
        foreach ((HttpMethod method, string path, object? body) in requests)
        {
            string foreign = await AnswerAsync(client, method, $"/api/v1/vaults/{Uri.EscapeDataString(victim)}{path}", body);
            string none = await AnswerAsync(client, method, $"/api/v1/vaults/{Uri.EscapeDataString(missing)}{path}", body);
            Assert.StartsWith("404", foreign, StringComparison.Ordinal);
            Assert.Equal(none.Replace(missing, victim, StringComparison.Ordinal), foreign);
        }

        string taken = await AnswerAsync(client, HttpMethod.Post, "/api/v1/vaults", new { id = victim });
        Assert.StartsWith("403", taken, StringComparison.Ordinal);
        Assert.Equal(taken, await AnswerAsync(client, HttpMethod.Post, "/api/v1/vaults", new { id = missing }));
        Assert.DoesNotContain(victim, await AnswerAsync(client, HttpMethod.Get, "/api/v1/vaults"), StringComparison.Ordinal);
        Assert.Equal("The code of the safe is heliotrope.", (string?)(await server.OkAsync(HttpMethod.Get, $"/api/v1/vaults/{Uri.EscapeDataString(victim)}/cubes/{cube}"))["text"]);
    }

    [Fact]
    public async Task The_existing_wire_keeps_tenants_apart_too()
    {
        string victim = await server.NewVaultAsync();
        string cube = await server.RememberAsync(victim, "The code of the safe is heliotrope.");
        using HttpClient client = await ClientAsync("mallory", "mallory");
        (string Path, object Body)[] requests =
        [
            ("/product/search", new { query = "code of the safe", user_id = victim, readable_cube_ids = new[] { victim } }),
            ("/product/get_memory", new { mem_cube_id = victim }),
            ("/product/add", new { user_id = victim, writable_cube_ids = new[] { victim }, messages = "x" }),
            ("/product/delete_memory", new { writable_cube_ids = new[] { victim }, memory_ids = new[] { cube } }),
            ("/product/exist_mem_cube_id", new { mem_cube_id = victim }),
        ];
        foreach ((string path, object body) in requests)
        {
            string answer = await AnswerAsync(client, HttpMethod.Post, path, body);
            Assert.DoesNotContain("heliotrope", answer, StringComparison.Ordinal);
            Assert.DoesNotContain("true", answer, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("heliotrope", await AnswerAsync(client, HttpMethod.Get, $"/product/get_memory/{cube}"), StringComparison.Ordinal);
        Assert.Equal(200, (await server.GetAsync($"/api/v1/vaults/{Uri.EscapeDataString(victim)}/cubes/{cube}")).Status);
    }

    [Fact]
    public async Task A_revoked_key_opens_nothing_and_only_the_admin_key_administers()
    {
        JsonNode made = await server.OkAsync(HttpMethod.Post, "/api/v1/keys", new { name = "bob", vaults = new[] { "bob" } });
        using HttpClient client = Client((string)made["key"]!);
        Assert.Equal(200, await StatusAsync(client, HttpMethod.Get, "/api/v1/vaults"));
        Assert.Equal(403, await StatusAsync(client, HttpMethod.Get, "/api/v1/keys"));
        Assert.Equal(403, await StatusAsync(client, HttpMethod.Post, "/api/v1/keys", new { name = "more", vaults = new[] { "*" } }));
        Assert.Equal(403, await StatusAsync(client, HttpMethod.Delete, $"/api/v1/keys/{made["id"]}"));
        Assert.DoesNotContain((string)made["key"]!, (await server.OkAsync(HttpMethod.Get, "/api/v1/keys")).ToJsonString(), StringComparison.Ordinal);
        Assert.Equal(204, (await server.SendAsync(HttpMethod.Delete, $"/api/v1/keys/{made["id"]}")).Status);
        Assert.Equal(404, (await server.SendAsync(HttpMethod.Delete, $"/api/v1/keys/{made["id"]}")).Status);
        Assert.Equal(401, await StatusAsync(client, HttpMethod.Get, "/api/v1/vaults"));
    }

    [Theory]
    [InlineData("""{"name":"","vaults":["a"]}""")]
    [InlineData("""{"name":"n","vaults":[]}""")]
    [InlineData("""{"name":"n","vaults":[null]}""")]
    [InlineData("""{"name":"n","vaults":["*"]}""")]
    [InlineData("""{"name":"n","vaults":["a*b"]}""")]
    [InlineData("""{"name":"n","vaults":[""]}""")]
    [InlineData("""{"name":"line\nbreak","vaults":["a"]}""")]
    public async Task A_key_that_would_open_nothing_or_everything_is_not_made(string body) =>
        Assert.Equal(400, (await server.SendAsync(HttpMethod.Post, "/api/v1/keys", body)).Status);

    [Fact]
    public async Task Keys_outlive_the_server_and_their_file_holds_no_key()
    {
        string folder = Directory.CreateTempSubdirectory("memos-keys-").FullName;
        string key;
        ServerSettings settings = new() { DataFolder = folder, Urls = "http://127.0.0.1:0", Output = TextWriter.Null };
        await using (WebApplication app = await ServerFixture.StartAsync(settings))
        {
            using HttpClient admin = new() { BaseAddress = new Uri(app.Urls.Single()) };
            admin.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", File.ReadAllText(Path.Combine(folder, "admin.key")).Trim());
            using HttpResponseMessage made = await admin.PostAsJsonAsync("/api/v1/keys", new { name = "carol", vaults = new[] { "carol" } });
            key = (string)(await made.Content.ReadFromJsonAsync<JsonNode>())!["key"]!;
        }

        string file = Path.Combine(folder, "api-keys.json");
        Assert.DoesNotContain(key, File.ReadAllText(file), StringComparison.Ordinal);
        Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(file) == (UnixFileMode.UserRead | UnixFileMode.UserWrite));
        await using (WebApplication app = await ServerFixture.StartAsync(settings))
        {
            using HttpClient client = new() { BaseAddress = new Uri(app.Urls.Single()) };
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
            Assert.Equal(200, await StatusAsync(client, HttpMethod.Get, "/api/v1/vaults"));
        }

        await File.WriteAllTextAsync(file, "{ broken");
        Assert.Throws<IOException>(() => MemOSServer.Build(settings));
        Directory.Delete(folder, recursive: true);
    }

    private static async Task<int> StatusAsync(HttpClient client, HttpMethod method, string url, object? body = null) => int.Parse((await AnswerAsync(client, method, url, body))[..3], null);

    private static async Task<string> AnswerAsync(HttpClient client, HttpMethod method, string url, object? body = null)
    {
        using HttpRequestMessage request = new(method, url) { Content = body is null ? null : JsonContent.Create(body) };
        using HttpResponseMessage response = await client.SendAsync(request);
        return $"{(int)response.StatusCode} {TraceId().Replace(await response.Content.ReadAsStringAsync(), "")}";
    }

    // Every request has one of its own; it tells nothing.
    [GeneratedRegex("\"trace_?[iI]d\":\"[^\"]*\"")]
    private static partial Regex TraceId();

    private HttpClient Client(string key)
    {
        HttpClient client = new() { BaseAddress = server.Client.BaseAddress };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return client;
    }

    private async Task<HttpClient> ClientAsync(string name, params string[] vaults) =>
        Client((string)(await server.OkAsync(HttpMethod.Post, "/api/v1/keys", new { name, vaults }))["key"]!);
}
