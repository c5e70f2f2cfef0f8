using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;

namespace MemOS.Server.Tests.Rest;

[Collection(RunningServer.Name)]
public sealed class VaultRoutesTests(ServerFixture server)
{
    [Theory]
    [InlineData("plain")]
    [InlineData("with space")]
    [InlineData("a/b")]
    [InlineData("100%")]
    [InlineData("a%2Fb")]
    [InlineData("..")]
    [InlineData("Zoë 东京 🚂")]
    [InlineData("q?x=1#f")]
    public async Task Any_name_of_a_vault_can_be_addressed(string name)
    {
        Assert.Equal(201, (await server.PostAsync("/api/v1/vaults", new { id = name })).Status);
        Assert.Equal(409, (await server.PostAsync("/api/v1/vaults", new { id = name })).Status);
        if (name == "..")
        {
            return; // clients and servers take it out of an address
        }

        string url = $"/api/v1/vaults/{Uri.EscapeDataString(name)}";
        await server.OkAsync(HttpMethod.Post, $"{url}/messages", new { messages = new[] { new { text = "The well is dry." } } });
        JsonNode vault = await server.OkAsync(HttpMethod.Get, url);
        Assert.Equal((name, 1), ((string?)vault["id"], (int?)vault["messages"]));
        Assert.Equal(204, (await server.SendAsync(HttpMethod.Delete, url)).Status);
        Assert.Equal(404, (await server.GetAsync(url)).Status);
        Assert.Equal(404, (await server.SendAsync(HttpMethod.Delete, url)).Status);
    }

    [Theory]
    [InlineData("{0}/api/v1/vaults/{1}")] // as proxies send it
    [InlineData("/api/v1/./vaults/{1}")]
    [InlineData("/api/v1/vaults/x/../{1}")]
    public async Task The_name_is_found_in_an_address_of_any_form(string form)
    {
        string name = $"vault {Guid.CreateVersion7():N}";
        await server.OkAsync(HttpMethod.Post, "/api/v1/vaults", new { id = name });
        Uri address = server.Client.BaseAddress!;
        using TcpClient connection = new(address.Host, address.Port);
        await using NetworkStream stream = connection.GetStream();
        string target = string.Format(null, form, address.GetLeftPart(UriPartial.Authority), Uri.EscapeDataString(name));
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"GET {target} HTTP/1.1\r\nHost: {address.Authority}\r\nAuthorization: Bearer {server.Key}\r\nConnection: close\r\n\r\n"));
        string answer = await new StreamReader(stream).ReadToEndAsync();
        Assert.StartsWith("HTTP/1.1 200", answer, StringComparison.Ordinal);
        Assert.Contains(name, answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Vaults_are_listed_page_by_page()
    {
        string prefix = $"page-{Guid.CreateVersion7():N}-";
        for (int i = 0; i < 5; i++)
        {
            await server.OkAsync(HttpMethod.Post, "/api/v1/vaults", new { id = $"{prefix}{i}" });
        }

        List<string?> seen = [];
        string? after = prefix;
        while (after is not null)
        {
            JsonNode page = await server.OkAsync(HttpMethod.Get, $"/api/v1/vaults?limit=2&after={Uri.EscapeDataString(after)}");
            seen.AddRange(page["items"]!.AsArray().Select(item => (string?)item));
            after = (string?)page["next"];
        }

        Assert.Equal(Enumerable.Range(0, 5).Select(i => $"{prefix}{i}"), seen.Where(name => name!.StartsWith(prefix, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_whole_vault_goes_back_to_what_it_was()
    {
        string vault = await server.NewVaultAsync();
        string url = $"/api/v1/vaults/{Uri.EscapeDataString(vault)}";
        JsonNode first = await server.OkAsync(HttpMethod.Post, $"{url}/cubes", new { text = "The bridge is open." });
        await server.OkAsync(HttpMethod.Patch, $"{url}/cubes/{(string?)first["id"]}", new { text = "The bridge is closed." });
        JsonNode changed = await server.OkAsync(HttpMethod.Post, $"{url}/rollback", new { as_of = (string?)first["tx_from"] });
        Assert.Equal(1, (int?)changed["changed"]);
        Assert.Equal("The bridge is open.", (string?)(await server.OkAsync(HttpMethod.Get, $"{url}/cubes/{(string?)first["id"]}"))["text"]);
    }
}
