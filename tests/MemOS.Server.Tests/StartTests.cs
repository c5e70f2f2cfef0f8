using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace MemOS.Server.Tests;

public sealed class StartTests
{
    [Fact]
    public async Task The_first_start_shows_the_key_once()
    {
        string folder = Directory.CreateTempSubdirectory("memos-start-").FullName;
        string first = await StartAsync(folder);
        string second = await StartAsync(folder);
        string key = (await File.ReadAllTextAsync(Path.Combine(folder, "admin.key"))).Trim();
        Assert.Contains(key, first, StringComparison.Ordinal);
        Assert.DoesNotContain(key, second, StringComparison.Ordinal);
        Assert.Contains("http://127.0.0.1:", second, StringComparison.Ordinal);
        Assert.Contains(Path.Combine(folder, "admin.key"), second, StringComparison.Ordinal);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task What_was_remembered_is_there_after_a_restart()
    {
        ServerFixture first = new();
        await first.InitializeAsync();
        string vault = await first.NewVaultAsync();
        await first.RememberAsync(vault, "The lighthouse keeper is called Ansgar.");
        string folder = first.Folder;
        string key = first.Key;
        await first.StopAsync();

        await using WebApplication again = await ServerFixture.StartAsync(new ServerSettings { DataFolder = folder, Urls = "http://127.0.0.1:0", Output = TextWriter.Null });
        using HttpClient client = new() { BaseAddress = new Uri(again.Urls.Single()) };
        client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", key);
        using StringContent question = new("""{"text":"Who keeps the lighthouse?"}""", System.Text.Encoding.UTF8, "application/json");
        using HttpResponseMessage answer = await client.PostAsync($"/api/v1/vaults/{Uri.EscapeDataString(vault)}/recall", question);
        Assert.Contains("Ansgar", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        await again.StopAsync();
        await again.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task An_address_that_is_taken_is_told_by_an_exception_and_by_no_log_besides()
    {
        string folder = Directory.CreateTempSubdirectory("memos-start-").FullName;
        using KeptLog log = new();
        await using WebApplication first = await ServerFixture.StartAsync(new ServerSettings { DataFolder = folder, Urls = "http://127.0.0.1:0", Output = TextWriter.Null });
        await using (WebApplication second = MemOSServer.Build(new ServerSettings { DataFolder = folder, Urls = first.Urls.Single(), Output = TextWriter.Null }))
        {
            second.Services.GetRequiredService<ILoggerFactory>().AddProvider(log);
            await Assert.ThrowsAsync<IOException>(() => second.StartAsync());
        }

        Assert.Empty(log.Lines);
        await first.StopAsync();
        Directory.Delete(folder, recursive: true);
    }

    private static async Task<string> StartAsync(string folder)
    {
        using StringWriter output = new();
        await using WebApplication app = await ServerFixture.StartAsync(new ServerSettings { DataFolder = folder, Urls = "http://127.0.0.1:0", Output = output });
        await app.StopAsync();
        return output.ToString();
    }
}
