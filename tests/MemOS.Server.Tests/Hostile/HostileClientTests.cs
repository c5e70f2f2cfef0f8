using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;

namespace MemOS.Server.Tests.Hostile;

/// <summary>A client that means harm, with a valid key of its own, gets no 500, nothing of another tenant, and loses nobody's vault.</summary>
/// <remarks>The full campaign: <c>MEMOS_FUZZ_REQUESTS=10000</c>.</remarks>
public sealed class HostileClientTests : IAsyncLifetime, IDisposable
{
    private const string Secret = "heliotrope";
    private readonly ServerFixture _server = new();
    private HttpClient _mallory = new();
    private string _cube = "";

    public async Task InitializeAsync()
    {
        await _server.InitializeAsync();
        await _server.OkAsync(HttpMethod.Post, "/api/v1/vaults", new { id = "victim" });
        _cube = await _server.RememberAsync("victim", $"The code of the safe is {Secret}.", "c");
        JsonNode key = await _server.OkAsync(HttpMethod.Post, "/api/v1/keys", new { name = "mallory", vaults = new[] { "mallory", "mallory/*" } });
        _mallory = Client((string)key["key"]!);
    }

    public async Task DisposeAsync()
    {
        await _server.DisposeAsync();
    }

    public void Dispose() => _mallory.Dispose();

    [Fact]
    public async Task Fuzzed_requests_over_every_address_find_no_500_and_no_secret_and_lose_no_vault()
    {
        int count = int.TryParse(Environment.GetEnvironmentVariable("MEMOS_FUZZ_REQUESTS"), out int asked) ? asked : 1500;
        string own = await MakeOwnAsync();
        RequestFuzz fuzz = new(20261124, ["victim", "mallory", "mallory/work", "mallory/%"], [_cube, own, "01890000-0000-7000-8000-000000000000"]);
        Dictionary<int, int> statuses = [];
        List<string> faults = [];
        for (int i = 0; i < count; i++)
        {
            using HttpRequestMessage request = fuzz.Next();
            string sent = $"request {i}: {request.Method} {request.RequestUri} {(request.Content is null ? "" : await request.Content.ReadAsStringAsync())}";
            HttpResponseMessage response;
            try
            {
                using CancellationTokenSource late = new(TimeSpan.FromSeconds(30));
                response = await _mallory.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, late.Token);
            }
            catch (HttpRequestException e) when (e.InnerException is FormatException or ArgumentException)
            {
                continue; // the client itself refuses to send it
            }
            catch (UriFormatException)
            {
                continue;
            }

            using (response)
            {
                int status = (int)response.StatusCode;
                statuses[status] = statuses.GetValueOrDefault(status) + 1;
                string body = await BodyAsync(response);
                string told = $"{body} {response.Headers}";
                bool refused = (status == 501 && body.Contains("not_offered", StringComparison.Ordinal)) || (status == 503 && body.Contains("no_model", StringComparison.Ordinal));
                if ((status >= 500 && !refused) || told.Contains(Secret, StringComparison.OrdinalIgnoreCase))
                {
                    faults.Add($"{sent} -> {status} {told}");
                }
            }
        }

        Assert.True(faults.Count == 0, $"{faults.Count} faults, the first ones:\n{string.Join('\n', faults.Take(10))}");

        Assert.True(statuses.GetValueOrDefault(200) > count / 20, string.Join(", ", statuses)); // the fuzz is not so wild that nothing gets through
        JsonNode victim = await _server.OkAsync(HttpMethod.Get, $"/api/v1/vaults/victim/cubes/{_cube}");
        Assert.Equal(($"The code of the safe is {Secret}.", 1), ((string?)victim["text"], (int)victim["version"]!));
        JsonNode audit = await _server.OkAsync(HttpMethod.Get, "/api/v1/vaults/victim/audit");
        Assert.DoesNotContain("key:mallory", audit.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal(["mallory"], (await _server.OkAsync(HttpMethod.Get, "/api/v1/keys"))["items"]!.AsArray().Select(key => (string?)key!["name"]));
        JsonNode vaults = await _server.OkAsync(HttpMethod.Get, "/api/v1/vaults");
        Assert.All(vaults["items"]!.AsArray(), name => Assert.True((string?)name == "victim" || ((string?)name)!.StartsWith("mallory", StringComparison.Ordinal), (string?)name));
    }

    [Theory]
    [InlineData("../../outside")]
    [InlineData("..")]
    [InlineData("/etc/passwd")]
    [InlineData("C:\\Windows\\x")]
    [InlineData("a/../../b")]
    [InlineData("admin.key")]
    [InlineData("api-keys.json")]
    [InlineData("vaults")]
    [InlineData("CON")]
    [InlineData("name.")]
    [InlineData("ünïcode 😀 name")]
    public async Task A_name_that_looks_like_a_path_is_only_a_name(string name)
    {
        await _server.OkAsync(HttpMethod.Post, "/api/v1/vaults", new { id = name });
        string url = $"/api/v1/vaults/{string.Concat(Encoding.UTF8.GetBytes(name).Select(b => $"%{b:X2}"))}";
        (int status, JsonNode body) = await _server.GetAsync(url);
        if (status == 200)
        {
            // A name of dots alone cannot stand in an address; every other one is found under it.
            Assert.Equal(name, (string?)body["id"]);
            Assert.Equal(200, (await _server.PostAsync($"{url}/messages", new { messages = new[] { new { text = "Hello there." } } })).Status);
        }
        else
        {
            Assert.Equal("..", name);
        }

        Assert.Contains(name, (await _server.OkAsync(HttpMethod.Get, "/api/v1/vaults"))["items"]!.AsArray().Select(id => (string?)id));
        Assert.Equal(["admin.key", "api-keys.json", "locks", "vaults"], Directory.EnumerateFileSystemEntries(_server.Folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.False(Path.Exists(Path.Combine(_server.Folder, "..", "outside")) || Path.Exists(Path.Combine(_server.Folder, "..", "b")));
        Assert.StartsWith("memos-", File.ReadAllText(Path.Combine(_server.Folder, "admin.key")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_huge_body_is_refused_whether_or_not_it_says_its_length()
    {
        byte[] huge = new byte[(32 << 20) + 1024];
        Array.Fill(huge, (byte)' ');
        foreach (bool chunked in (bool[])[false, true])
        {
            foreach (string path in (string[])["/api/v1/vaults", "/product/add", "/v1/embeddings", "/mcp"])
            {
                using HttpRequestMessage request = new(HttpMethod.Post, path) { Content = new ByteArrayContent(huge) };
                request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
                request.Headers.TransferEncodingChunked = chunked;
                request.Headers.Accept.ParseAdd("application/json, text/event-stream");
                try
                {
                    using HttpResponseMessage response = await _mallory.SendAsync(request);
                    Assert.Equal((path, 413), (path, (int)response.StatusCode));
                }
                catch (HttpRequestException)
                {
                    // The server hung up while the body was still being sent.
                }
            }
        }

        Assert.Equal(200, (await _server.GetAsync("/health")).Status);
    }

    [Theory]
    [InlineData("POST /api/v1/vaults HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {0}\r\nContent-Type: application/json\r\nContent-Length: 5000\r\n\r\n{{", "408")]
    [InlineData("POST /api/v1/vaults HTTP/1.1\r\nHost: localhost\r\nAuth", "408")]
    public async Task A_client_that_dawdles_is_hung_up_on(string beginning, string status)
    {
        using TcpClient slow = new();
        await slow.ConnectAsync(_server.Client.BaseAddress!.Host, _server.Client.BaseAddress.Port);
        NetworkStream stream = slow.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(string.Format(null, beginning, _server.Key)));
        using StreamReader reader = new(stream);
        Task<string> answer = reader.ReadToEndAsync();
        Assert.Equal(200, (await _server.GetAsync("/health")).Status); // others are served meanwhile
        Assert.Contains(status, (await answer.WaitAsync(TimeSpan.FromSeconds(60))).Split('\n')[0], StringComparison.Ordinal);
    }

    private static async Task<string> BodyAsync(HttpResponseMessage response)
    {
        if (response.RequestMessage?.Method == HttpMethod.Get && response.RequestMessage.RequestUri?.AbsolutePath == "/mcp")
        {
            return ""; // a stream that stays open
        }

        return await response.Content.ReadAsStringAsync();
    }

    private async Task<string> MakeOwnAsync()
    {
        await _server.OkAsync(HttpMethod.Post, "/api/v1/vaults", new { id = "mallory" });
        return await _server.RememberAsync("mallory", "My own boat is blue.");
    }

    private HttpClient Client(string key)
    {
        HttpClient client = new() { BaseAddress = _server.Client.BaseAddress, Timeout = TimeSpan.FromMinutes(2) };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return client;
    }
}
