using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace MemOS.Server.Tests;

/// <summary>A real server on a port of its own over a folder of its own, and a client with its key.</summary>
public sealed class ServerFixture : IAsyncLifetime
{
    private WebApplication? _app;

    public string Folder { get; } = Directory.CreateTempSubdirectory("memos-server-tests-").FullName;

    public HttpClient Client { get; private set; } = new();

    /// <summary>Changes the settings before the server starts.</summary>
    internal Func<ServerSettings, ServerSettings> Configure { get; init; } = settings => settings;

    /// <summary>The addresses that the server maps.</summary>
    internal EndpointDataSource Endpoints => _app!.Services.GetRequiredService<EndpointDataSource>();

    /// <summary>Where the server's log comes from, to add a listener to it.</summary>
    internal ILoggerFactory Loggers => _app!.Services.GetRequiredService<ILoggerFactory>();

    public string Key => File.ReadAllText(Path.Combine(Folder, "admin.key")).Trim();

    public static async Task<WebApplication> StartAsync(ServerSettings settings)
    {
        WebApplication app = MemOSServer.Build(settings);
        await app.StartAsync();
        return app;
    }

    public async Task InitializeAsync()
    {
        _app = await StartAsync(Configure(new ServerSettings { DataFolder = Folder, Urls = "http://127.0.0.1:0", Output = TextWriter.Null, HeadTimeout = TimeSpan.FromSeconds(5) }));
        Client = new HttpClient { BaseAddress = new Uri(_app.Urls.Single()), Timeout = TimeSpan.FromMinutes(2) };
        Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Key);
    }

    public async Task DisposeAsync()
    {
        await StopAsync();
        Directory.Delete(Folder, recursive: true);
    }

    /// <summary>Stops the server and starts another one over the same folder.</summary>
    public async Task RestartAsync()
    {
        await StopAsync();
        await InitializeAsync();
    }

    /// <summary>Stops the server and leaves its folder.</summary>
    public async Task StopAsync()
    {
        Client.Dispose();
        if (_app is not null)
        {
            await _app.StopAsync();
            await _app.DisposeAsync();
        }
    }

    /// <summary>A vault of its own for a test.</summary>
    public async Task<string> NewVaultAsync()
    {
        string id = $"vault {Guid.CreateVersion7():N}";
        using HttpResponseMessage made = await Client.PostAsJsonAsync("/api/v1/vaults", new { id });
        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        return id;
    }

    /// <summary>Sends a request and reads the JSON of the answer.</summary>
    public async Task<(int Status, JsonNode Body)> SendAsync(HttpMethod method, string url, object? body = null, params (string Name, string Value)[] headers)
    {
        using HttpRequestMessage request = new(method, url);
        request.Content = body switch
        {
            null => null,
            string raw => new StringContent(raw, Encoding.UTF8, "application/json"),
            _ => JsonContent.Create(body),
        };
        foreach ((string name, string value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using HttpResponseMessage response = await Client.SendAsync(request);
        string text = await response.Content.ReadAsStringAsync();
        return ((int)response.StatusCode, text.Length == 0 ? new JsonObject() : JsonNode.Parse(text) ?? new JsonObject());
    }

    public Task<(int Status, JsonNode Body)> PostAsync(string url, object body) => SendAsync(HttpMethod.Post, url, body);

    public Task<(int Status, JsonNode Body)> GetAsync(string url) => SendAsync(HttpMethod.Get, url);

    /// <summary>Sends a request that must succeed.</summary>
    public async Task<JsonNode> OkAsync(HttpMethod method, string url, object? body = null)
    {
        (int status, JsonNode answer) = await SendAsync(method, url, body);
        Assert.True(status is >= 200 and < 300, $"{method} {url}: {status} {answer}");
        return answer;
    }

    /// <summary>Sends a body to <c>openmem/v1</c>, which must succeed, and gives its data.</summary>
    public async Task<JsonNode> OpenMemAsync(string path, object body)
    {
        JsonNode answer = await OkAsync(HttpMethod.Post, $"/api/openmem/v1/{path}", body);
        Assert.Equal((0, "ok"), ((int?)answer["code"], (string?)answer["message"]));
        return answer["data"]!;
    }

    /// <summary>Adds one message and gives the id of its cube.</summary>
    public async Task<string> RememberAsync(string vault, string text, string? conversation = null)
    {
        JsonNode added = await OkAsync(HttpMethod.Post, $"/api/v1/vaults/{Uri.EscapeDataString(vault)}/messages", new { conversation, messages = new[] { new { text } } });
        return (string)added["messages"]![0]!["cubes"]![0]!["id"]!;
    }
}
