using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;

namespace MemOS.Server.Tests.Auth;

[Collection(RunningServer.Name)]
public sealed class RequestGateTests(ServerFixture server)
{
    [Theory]
    [InlineData("Bearer {0}")]
    [InlineData("bearer {0}")]
    [InlineData("Token {0}")]
    [InlineData("{0}")]
    public async Task The_key_is_taken_in_every_form_that_clients_send(string form) =>
        Assert.Equal(200, (await AskAsync("/api/v1/vaults", string.Format(null, form, server.Key))).Status);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Bearer")]
    [InlineData("Bearer ")]
    [InlineData("Bearer memos-wrong")]
    [InlineData("Basic {0}")]
    [InlineData("Token {0}x")]
    [InlineData("Bearer {0}, Bearer {0}")]
    public async Task Anything_else_is_refused_without_a_hint(string? form)
    {
        string? header = form is null ? null : string.Format(null, form, server.Key);
        foreach (string url in (string[])["/api/v1/vaults", "/api/v1/vaults/secret-name", "/product/get_memory/x", "/openapi/v1.json", "/no/such/address"])
        {
            (int status, JsonNode body) = await AskAsync(url, header);
            Assert.Equal(401, status);
            Assert.DoesNotContain("secret-name", body.ToJsonString(), StringComparison.Ordinal);
            Assert.DoesNotContain(server.Key, body.ToJsonString(), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("/v1/models?vault=a&vault=b", "")]
    [InlineData("/v1/models", "X-MemOS-Vault: a\r\nX-MemOS-Vault: b\r\n")]
    public async Task Two_vaults_for_one_request_are_refused_and_none_is_guessed(string target, string headers)
    {
        Uri address = server.Client.BaseAddress!;
        using TcpClient connection = new(address.Host, address.Port); // the client of .NET would write one line of both
        await using NetworkStream stream = connection.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"GET {target} HTTP/1.1\r\nHost: {address.Authority}\r\nAuthorization: Bearer {server.Key}\r\n{headers}Connection: close\r\n\r\n"));
        Assert.StartsWith("HTTP/1.1 400", await new StreamReader(stream).ReadToEndAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Health_is_open_to_all()
    {
        (int status, JsonNode body) = await AskAsync("/health", null);
        Assert.Equal(200, status);
        Assert.Equal(("healthy", "memos"), ((string?)body["status"], (string?)body["service"]));
        Assert.NotNull(body["version"]);
    }

    [Fact]
    public async Task Refusals_come_in_the_form_of_their_surface()
    {
        (_, JsonNode native) = await AskAsync("/api/v1/vaults", null);
        Assert.Equal("urn:memos:error:unauthorized", (string?)native["type"]);
        (_, JsonNode product) = await AskAsync("/product/get_memory/x", null);
        Assert.Equal(401, (int?)product["code"]);
        Assert.NotNull((string?)product["message"]);
        Assert.True(product.AsObject().ContainsKey("data"));
    }

    [Fact]
    public async Task Without_a_key_only_names_of_this_machine_are_answered()
    {
        string folder = Directory.CreateTempSubdirectory("memos-open-").FullName;
        await using (WebApplication app = await ServerFixture.StartAsync(
            new ServerSettings { DataFolder = folder, Urls = "http://127.0.0.1:0", RequireKey = false, Output = TextWriter.Null }))
        {
            using HttpClient client = new() { BaseAddress = new Uri(app.Urls.Single()) };
            Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/api/v1/vaults")).StatusCode);
            using HttpRequestMessage rebound = new(HttpMethod.Get, "/api/v1/vaults");
            rebound.Headers.Host = "attacker.example";
            Assert.Equal(HttpStatusCode.Forbidden, (await client.SendAsync(rebound)).StatusCode);
            foreach ((string page, HttpStatusCode status) in ((string, HttpStatusCode)[])[("http://localhost:3000", HttpStatusCode.OK), ("https://attacker.example", HttpStatusCode.Forbidden), ("null", HttpStatusCode.Forbidden)])
            {
                using HttpRequestMessage sent = new(HttpMethod.Get, "/api/v1/vaults");
                sent.Headers.Add("Origin", page);
                Assert.Equal(status, (await client.SendAsync(sent)).StatusCode);
            }

            Assert.False(File.Exists(Path.Combine(folder, "admin.key")));
        }

        Directory.Delete(folder, recursive: true);
    }

    private async Task<(int Status, JsonNode Body)> AskAsync(string url, string? authorization)
    {
        using HttpClient client = new() { BaseAddress = server.Client.BaseAddress };
        using HttpRequestMessage request = new(HttpMethod.Get, url);
        if (authorization is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
        }

        using HttpResponseMessage response = await client.SendAsync(request);
        return ((int)response.StatusCode, JsonNode.Parse(await response.Content.ReadAsStringAsync())!);
    }
}
