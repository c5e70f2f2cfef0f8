using System.Diagnostics;
using System.Text.Json;

namespace MemOS.Cli.Tests;

/// <summary><c>memos states policy</c>: what a vault says of its own is set, marked and taken back. No model is needed.</summary>
public sealed class StatePolicyTests : IDisposable
{
    private readonly CliRun _cli = new();

    public void Dispose() => _cli.Dispose();

    [Fact]
    public async Task What_is_set_stays_with_the_vault_and_is_marked_as_its_own()
    {
        await _cli.AddAsync("Ann has a dog.");
        string own = _cli.Write("own.json", """{"retention":"Labels","labels":["Büro","home"],"disk_bytes":1000}""");
        JsonElement set = await _cli.JsonAsync("states", "policy", "--set", own);
        Assert.Equal("""{"retention":"Labels","labels":["Büro","home"],"disk_bytes":1000}""", set.GetProperty("own").GetRawText());
        Assert.Equal(set.GetRawText(), (await _cli.JsonAsync("states", "policy")).GetRawText());
        Assert.Equal("{}", (await _cli.JsonAsync("states", "policy", "--vault", "other")).GetProperty("own").GetRawText());

        // Under another operator's policies: his values where none were given, his budget where it is the lower one.
        string operators = _cli.Write("operators.json", """{"usual":{"promote_heat":7,"disk_bytes":500}}""");
        Assert.Equal(0, await _cli.RunAsync("states", "policy", "--policies", operators));
        Assert.Equal("the operator's", Whose("promote_heat", "7"));
        Assert.Equal("the vault's own", Whose("labels", "Büro, home"));
        Assert.Equal("the operator's, in place of the vault's 1000", Whose("disk_bytes", "500"));
        JsonElement reset = await _cli.JsonAsync("states", "policy", "--reset");
        Assert.Equal(("{}", 1 << 30), (reset.GetProperty("own").GetRawText(), reset.GetProperty("policy").GetProperty("disk_bytes").GetInt64()));
        Assert.Equal(0, await _cli.RunAsync("verify"));

        string Whose(string name, string value) => _cli.Output.Split('\n').Single(line => line.TrimStart().StartsWith(name + " ", StringComparison.Ordinal)) is var line &&
            line.Contains($" {value} ", StringComparison.Ordinal) ? line[(line.IndexOf($" {value} ", StringComparison.Ordinal) + value.Length + 2)..].Trim() : "";
    }

    [Fact]
    public async Task Values_are_taken_from_standard_input_too()
    {
        await _cli.AddAsync("Ann has a dog.");
        ProcessStartInfo start = new("dotnet", [Path.Combine(AppContext.BaseDirectory, "MemOS.Cli.dll"), "states", "policy", "--set", "-", "--json", "--data", _cli.DataFolder])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        using Process process = Process.Start(start) ?? throw new InvalidOperationException("The tool did not start.");
        await process.StandardInput.WriteAsync("""{"promote_heat":4}""");
        process.StandardInput.Close();
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.Equal("""{"promote_heat":4}""", JsonDocument.Parse(output).RootElement.GetProperty("own").GetRawText());
        Assert.Equal("""{"promote_heat":4}""", (await _cli.JsonAsync("states", "policy")).GetProperty("own").GetRawText());
    }

    [Fact]
    public async Task What_cannot_be_used_is_refused_and_the_former_stays()
    {
        string own = _cli.Write("own.json", """{"promote_heat":4}"""), operators = _cli.Write("operators.json", """{"vaults":{"default":{"disk_bytes":500}}}""");
        Assert.Equal("vault_not_found", await _cli.FailAsync(3, "states", "policy", "--set", own));
        await _cli.AddAsync("Ann has a dog.");
        await _cli.JsonAsync("states", "policy", "--set", own);
        Assert.Equal("usage", await _cli.FailAsync(2, "states", "policy", "--set", own, "--reset"));
        Assert.Equal("invalid_input", await _cli.FailAsync(1, "states", "policy", "--set", _cli.Write("wrong.json", """{"usual":{}}""")));
        Assert.Equal("invalid_input", await _cli.FailAsync(1, "states", "policy", "--set", _cli.Write("much.json", """{"disk_bytes":501}"""), "--policies", operators));
        Assert.Contains("disk_bytes is 501, above the 500", _cli.Error, StringComparison.Ordinal);
        Assert.Equal("""{"promote_heat":4}""", (await _cli.JsonAsync("states", "policy")).GetProperty("own").GetRawText());
    }
}
