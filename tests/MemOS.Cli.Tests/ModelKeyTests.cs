using MemOS.Cli.Output;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Xunit;

namespace MemOS.Cli.Tests;

/// <summary><c>memos model pull</c> from a server that wants a key.</summary>
public sealed class ModelKeyTests : IAsyncLifetime, IDisposable
{
    private const string Variable = "MEMOS_TEST_KEY_OF_THE_SOURCE";

    private readonly CliRun _cli = new();
    private WebApplication _server = null!; // set before each test

    private string Address => $"{_server.Urls.Single()}/tiny.gguf?token=secret";

    private string Models => Path.Combine(_cli.DataFolder, "..", "models");

    public async Task InitializeAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseSetting("urls", "http://127.0.0.1:0");
        _server = builder.Build();
        _server.MapGet("/tiny.gguf", (HttpRequest request) => request.Headers.Authorization == "Bearer of-the-source" ? Results.Text("GGUF and more") : Results.StatusCode(401));
        await _server.StartAsync();
    }

    public async Task DisposeAsync() => await _server.DisposeAsync();

    public void Dispose() => _cli.Dispose();

    [Fact]
    public async Task A_key_comes_from_a_variable_or_a_file()
    {
        Assert.Equal("model_download_failed", await _cli.FailAsync(1, "model", "pull", Address, "--models", Models));
        Assert.Contains("--key-env", _cli.Error, StringComparison.Ordinal);
        Environment.SetEnvironmentVariable(Variable, "of-the-source");
        Assert.Equal("one", (await _cli.JsonAsync("model", "pull", Address, "--name", "one", "--key-env", Variable, "--models", Models)).GetProperty("name").GetString());
        Assert.Equal("two", (await _cli.JsonAsync("model", "pull", Address, "--name", "two", "--key-file", _cli.Write("key", "of-the-source\n"), "--models", Models)).GetProperty("name").GetString());
        Assert.DoesNotContain("of-the-source", _cli.Output + string.Concat(Directory.GetFiles(Models).Select(File.ReadAllText)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_that_is_not_there_or_is_none_is_a_usage_error_that_does_not_repeat_it()
    {
        Assert.Equal("usage", await _cli.FailAsync(2, "model", "pull", Address, "--key-env", "MEMOS_TEST_NO_SUCH_VARIABLE", "--models", Models));
        Assert.Equal("usage", await _cli.FailAsync(2, "model", "pull", Address, "--key-file", _cli.DataFolder + "absent", "--models", Models));
        Assert.Equal("usage", await _cli.FailAsync(2, "model", "pull", Address, "--key-env", Variable, "--key-file", "x", "--models", Models));
        foreach (string content in (string[])["", "  \n", "two words", "line\nbreak", "schlüssel"])
        {
            Assert.Equal("usage", await _cli.FailAsync(2, "model", "pull", Address, "--key-file", _cli.Write("key", content), "--models", Models));
            Assert.DoesNotContain("words", _cli.Error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_progress_bar_shows_no_query_of_an_address() => Assert.Equal("tiny.gguf", PullProgressBar.Label(Address));
}
