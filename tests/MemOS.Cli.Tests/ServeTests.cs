using Xunit;

namespace MemOS.Cli.Tests;

public sealed class ServeTests : IDisposable
{
    private readonly CliRun _cli = new();

    public void Dispose() => _cli.Dispose();

    [Fact]
    public async Task The_server_answers_until_it_is_stopped()
    {
        using CancellationTokenSource stop = new();
        using LineSignal output = new();
        using StringWriter error = new();
        Task<int> serving = CliApp.RunAsync(["serve", "--urls", "http://127.0.0.1:0", "--no-auth", "--data", _cli.DataFolder], output, error, stop.Token);
        string line = await output.First.WaitAsync(TimeSpan.FromSeconds(60));
        string address = line.Split(' ').Single(word => word.StartsWith("http", StringComparison.Ordinal)).TrimEnd('.');
        using HttpClient client = new() { BaseAddress = new Uri(address) };
        Assert.True((await client.GetAsync(new Uri("/health", UriKind.Relative))).IsSuccessStatusCode);
        await stop.CancelAsync();
        Assert.Equal(0, await serving);
    }

    [Theory]
    [InlineData("--urls", "ftp://x")]
    [InlineData("--urls", "http://0.0.0.0:0", "--no-auth")]
    public async Task What_cannot_be_served_is_a_usage_error(params string[] args) => Assert.Equal("usage", await _cli.FailAsync(2, ["serve", .. args]));
}
