using System.Text.Json;
using Xunit;

namespace MemOS.Cli.Tests;

public sealed class ForgetTests : IDisposable
{
    private readonly CliRun _cli = new();

    public void Dispose() => _cli.Dispose();

    [Fact]
    public async Task Without_a_scope_nothing_is_forgotten()
    {
        await _cli.AddAsync("Keep this.");
        Assert.Equal(ErrorCodes.UnscopedDelete, await _cli.FailAsync(2, "forget"));
        Assert.Equal(ErrorCodes.UnscopedDelete, await _cli.FailAsync(2, "forget", "--everything"));
        Assert.Equal(ErrorCodes.UnscopedDelete, await _cli.FailAsync(2, "forget", "--filter", "{}"));
        Assert.Equal(1, (await _cli.JsonAsync("recall", "keep")).GetProperty("hits").GetArrayLength());
    }

    [Fact]
    public async Task What_is_named_is_gone_from_recall_and_from_every_file()
    {
        string cube = await _cli.AddAsync("The password is xylophone-giraffe.");
        await _cli.AddAsync("A message of a conversation about zeppelins.", "--conversation", "c9");
        await _cli.AddAsync("A note about quinces.", "--id", "m3");
        await _cli.AddAsync("A remark about walnuts.", "--speaker", "Tom");
        Assert.Equal(1, (await _cli.JsonAsync("forget", cube)).GetProperty("messages").GetInt32());
        Assert.Equal(1, (await _cli.JsonAsync("forget", "--conversation", "c9")).GetProperty("messages").GetInt32());
        Assert.Equal(1, (await _cli.JsonAsync("forget", "--message", "m3")).GetProperty("messages").GetInt32());
        Assert.Equal(1, (await _cli.JsonAsync("forget", "--filter", """{"speaker":"Tom"}""")).GetProperty("messages").GetInt32());
        Assert.Empty((await _cli.JsonAsync("recall", "password zeppelins quinces walnuts")).GetProperty("hits").EnumerateArray());
        foreach (string file in Directory.EnumerateFiles(_cli.DataFolder, "*", SearchOption.AllDirectories))
        {
            string bytes = System.Text.Encoding.Latin1.GetString(await File.ReadAllBytesAsync(file));
            Assert.DoesNotContain("giraffe", bytes, StringComparison.Ordinal);
            Assert.DoesNotContain("zeppelins", bytes, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Everything_goes_when_it_is_said_twice()
    {
        await _cli.AddAsync("One.");
        await _cli.AddAsync("Two.");
        JsonElement forgotten = await _cli.JsonAsync("forget", "--everything", "--yes");
        Assert.Equal(2, forgotten.GetProperty("messages").GetInt32());
        Assert.Equal(0, await _cli.RunAsync("recall", "one two"));
        Assert.Contains("Nothing found", _cli.Output, StringComparison.Ordinal);
    }
}
