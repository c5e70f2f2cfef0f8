using System.Text.Json;
using Xunit;

namespace MemOS.Cli.Tests;

public sealed class VaultsTests : IDisposable
{
    private readonly CliRun _cli = new();

    public void Dispose() => _cli.Dispose();

    [Fact]
    public async Task Vaults_are_made_listed_and_deleted()
    {
        Assert.Equal("created", (await _cli.JsonAsync("vaults", "create", "alice")).GetProperty("status").GetString());
        Assert.Equal(ErrorCodes.VaultExists, await _cli.FailAsync(1, "vaults", "create", "alice"));
        await _cli.AddAsync("Hello.", "--vault", "bob [x]");
        JsonElement[] vaults = [.. (await _cli.JsonAsync("vaults")).GetProperty("vaults").EnumerateArray()];
        Assert.Equal(["alice", "bob [x]"], vaults.Select(vault => vault.GetProperty("vault").GetString()));
        Assert.Equal(1, vaults[1].GetProperty("messages").GetInt32());
        Assert.Equal(0, await _cli.RunAsync("vaults"));
        Assert.Contains("bob [x]", _cli.Output, StringComparison.Ordinal);
        Assert.Equal(ErrorCodes.UnscopedDelete, await _cli.FailAsync(2, "vaults", "delete", "alice"));
        Assert.Equal("deleted", (await _cli.JsonAsync("vaults", "delete", "alice", "--yes")).GetProperty("status").GetString());
        Assert.Equal(ErrorCodes.VaultNotFound, await _cli.FailAsync(3, "vaults", "delete", "alice", "--yes"));
    }

    [Fact]
    public async Task A_whole_vault_is_verified()
    {
        await _cli.AddAsync("Tea is good.");
        await _cli.AddAsync("Tea is good.", "--id", "again");
        JsonElement check = await _cli.JsonAsync("verify");
        Assert.True(check.GetProperty("whole").GetBoolean());
        Assert.Equal((2, 1, 2), (check.GetProperty("messages").GetInt32(), check.GetProperty("cubes").GetInt32(), check.GetProperty("versions").GetInt32()));
    }

    [Fact]
    public async Task A_damaged_vault_is_found_out()
    {
        for (int i = 0; i < 50; i++)
        {
            await _cli.AddAsync($"Sentence number {i} about the weather in Bergen, told at length so that it takes some room.");
        }

        string file = Assert.Single(Directory.GetFiles(_cli.DataFolder, "vault.db", SearchOption.AllDirectories));
        byte[] bytes = await File.ReadAllBytesAsync(file);
        int at = bytes.AsSpan().IndexOf("number 25 about"u8);
        Assert.True(at > 0, "The text lies in the file as it was said.");
        bytes[at] ^= 1;
        await File.WriteAllBytesAsync(file, bytes);
        Assert.Equal(1, await _cli.RunAsync("verify"));
    }

    [Fact]
    public async Task A_file_that_cannot_be_used_is_named_by_its_whole_path()
    {
        await _cli.AddAsync("The boat is called Ida.");
        string file = Assert.Single(Directory.GetFiles(_cli.DataFolder, "vault.db", SearchOption.AllDirectories));
        await File.WriteAllTextAsync(file, "no database");
        Assert.Equal(ErrorCodes.Corrupted, await _cli.FailAsync(1, "recall", "boat"));
        Assert.Contains(file, _cli.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_command_that_is_cancelled_says_so()
    {
        using CancellationTokenSource cancelled = new();
        await cancelled.CancelAsync();
        using StringWriter output = new();
        using StringWriter error = new();
        Assert.Equal(130, await CliApp.RunAsync(["add", "x", "--data", _cli.DataFolder], output, error, cancelled.Token));
        Assert.Contains("Cancelled", error.ToString(), StringComparison.Ordinal);
    }
}
