using System.Text.Json;
using Xunit;

namespace MemOS.Cli.Tests;

public sealed class VersionTests : IDisposable
{
    private readonly CliRun _cli = new();

    public void Dispose() => _cli.Dispose();

    [Fact]
    public async Task A_cube_is_shown_with_its_history_and_rolled_back()
    {
        string cube = await _cli.AddAsync("Tea is good.", "--id", "m1");
        Assert.Equal("Tea is good.", (await _cli.JsonAsync("show", cube)).GetProperty("cube").GetProperty("text").GetString());
        await _cli.AddAsync("Tea is good.", "--id", "m2"); // the same again: merged as a second version
        JsonElement versions = (await _cli.JsonAsync("history", cube)).GetProperty("versions");
        Assert.Equal(2, versions.GetArrayLength());
        Assert.Contains(versions[1].GetProperty("changes").EnumerateArray(), change => change.GetProperty("field").GetString() == "sources");
        JsonElement rolledBack = await _cli.JsonAsync("rollback", cube, "--to", "1");
        Assert.Equal(3, rolledBack.GetProperty("version").GetInt32());
        Assert.Equal(1, (await _cli.JsonAsync("show", cube)).GetProperty("cube").GetProperty("sources").GetArrayLength());
        Assert.Equal(0, await _cli.RunAsync("history", cube));
        Assert.Contains("sources:", _cli.Output, StringComparison.Ordinal);
        Assert.Equal(0, await _cli.RunAsync("show", cube));
        Assert.Contains("Tea is good.", _cli.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_vault_is_rolled_back_to_a_time()
    {
        string first = await _cli.AddAsync("First.");
        string from = (await _cli.JsonAsync("show", first)).GetProperty("cube").GetProperty("tx").GetProperty("from").GetString()!; // every version has it
        string second = await _cli.AddAsync("Second.");
        Assert.Equal(1, (await _cli.JsonAsync("rollback", "--vault-as-of", from)).GetProperty("changed").GetInt32());
        Assert.Equal("archived", (await _cli.JsonAsync("show", second)).GetProperty("cube").GetProperty("state").GetString());
    }

    [Theory]
    [InlineData("rollback")]
    [InlineData("rollback", "0198c1a0-7b3e-7c2a-9f00-0123456789ab")]
    [InlineData("rollback", "--to", "1")]
    [InlineData("rollback", "0198c1a0-7b3e-7c2a-9f00-0123456789ab", "--to", "1", "--vault-as-of", "2026-01-01")]
    [InlineData("show", "not-an-id")]
    [InlineData("show")]
    [InlineData("no-such-command")]
    [InlineData("recall", "x", "--limit", "many")]
    [InlineData("add", "x", "--role", "wizard")]
    public async Task What_cannot_be_meant_is_a_usage_error(params string[] args) => Assert.Equal("usage", await _cli.FailAsync(2, args));

    [Fact]
    public async Task A_cube_that_is_not_there_is_not_found()
    {
        await _cli.AddAsync("Something.");
        foreach (string command in new[] { "show", "history", "forget" })
        {
            Assert.Equal(ErrorCodes.CubeNotFound, await _cli.FailAsync(3, command, "0198c1a0-7b3e-7c2a-9f00-0123456789ab"));
        }
    }

    [Fact]
    public async Task Help_goes_to_standard_output()
    {
        Assert.Equal(0, await _cli.RunAsync("recall", "--help"));
        Assert.Contains("memos recall <question>", _cli.Output, StringComparison.Ordinal);
        Assert.Contains("--budget", _cli.Output, StringComparison.Ordinal);
    }
}
