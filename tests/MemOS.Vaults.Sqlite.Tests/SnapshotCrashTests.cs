using System.Diagnostics;
using System.Globalization;
using MemOS.Operator.Recall;
using MemOS.Vaults.Sqlite.CrashWriter;
using Xunit;
using Xunit.Abstractions;

namespace MemOS.Vaults.Sqlite.Tests;

/// <summary>
/// Kills a process that saves the index of a vault nearly all the time, most often in the middle of a snapshot, and asks whether the vault then answers as with an index
/// built anew. MEMOS_CRASH_CYCLES sets how often; 8 by default, and more until both kinds of kill were seen.
/// </summary>
public sealed class SnapshotCrashTests(ITestOutputHelper output) : IDisposable
{
    private const int MostCycles = 100; // where the machine never lets a kill fall into a snapshot, or always

    private static readonly string[] s_questions = ["A lamp in the harbour", "What is in the garden of house 17?", "thought about lamp 444", "journey"];

    private readonly TemporaryFolder _folder = new();
    private readonly List<string> _acknowledged = [];

    private VaultFolder Vault => _folder.Vault(SnapshotWrites.Vault.Value);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_vault_that_was_killed_while_its_index_was_saved_answers_as_from_an_index_built_anew()
    {
        int cycles = int.Parse(Environment.GetEnvironmentVariable("MEMOS_CRASH_CYCLES") ?? "8", CultureInfo.InvariantCulture);
        var random = new Random(20261125);
        int cutOff = 0;
        int saved = 0;
        int cycle = 0;
        for (; cycle < cycles || ((cutOff == 0 || saved == 0) && cycle < MostCycles); cycle++)
        {
            await KillInTheMiddleAsync(cycle, random);
            bool half = File.Exists(Vault.NewIndexFile);
            bool whole = File.Exists(Vault.IndexFile);
            (cutOff, saved) = (cutOff + (half ? 1 : 0), saved + (whole ? 1 : 0));
            string[] answers = await AnswersAsync();
            Assert.False(File.Exists(Vault.NewIndexFile), "A snapshot that was cut off stayed.");
            File.Delete(Vault.IndexFile);
            Assert.Equal(await AnswersAsync(), answers);
            output.WriteLine($"cycle {cycle}: half a snapshot {half}, a whole one {whole}, {_acknowledged.Count} acknowledged, {answers.Length} hits");
        }

        output.WriteLine($"{cycle} kills: {cutOff} left half a snapshot, {saved} a whole one");
        Assert.True(cutOff > 0 && saved > 0, $"{cutOff} snapshots were cut off and {saved} whole ones were left: nothing was tested.");
    }

    private async Task KillInTheMiddleAsync(int seed, Random random)
    {
        string program = Path.Combine(AppContext.BaseDirectory, typeof(SnapshotWrites).Assembly.GetName().Name + ".dll");
        using Process process = Process.Start(new ProcessStartInfo("dotnet", [program, "snapshots", _folder.Path, seed.ToString(CultureInfo.InvariantCulture)])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        }) ?? throw new InvalidOperationException("No process.");
        Assert.Equal("open", await process.StandardOutput.ReadLineAsync());
        for (int rounds = random.Next(1, 6); rounds > 0 && await process.StandardOutput.ReadLineAsync() is { } line; rounds--)
        {
            _acknowledged.Add(line);
        }

        // Three of four are killed at some moment of the next snapshot, the others at any.
        bool inSnapshot = random.Next(4) > 0;
        long patience = Stopwatch.GetTimestamp();
        while (inSnapshot && !File.Exists(Vault.NewIndexFile) && Stopwatch.GetElapsedTime(patience) < TimeSpan.FromSeconds(20))
        {
            Thread.SpinWait(20);
        }

        long seen = Stopwatch.GetTimestamp();
        TimeSpan later = TimeSpan.FromMicroseconds(random.Next(0, inSnapshot ? 15_000 : 40_000));
        while (Stopwatch.GetElapsedTime(seen) < later)
        {
            Thread.SpinWait(20);
        }

        process.Kill();
        string rest = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        string errors = await process.StandardError.ReadToEndAsync();
        Assert.True(errors.Length == 0, errors);
        _acknowledged.AddRange(rest[..(rest.LastIndexOf('\n') + 1)].Split('\n', StringSplitOptions.RemoveEmptyEntries)); // a last line without its end was not written in full
    }

    private async Task<string[]> AnswersAsync()
    {
        await using MemoryVault vault = await SnapshotWrites.OpenAsync(_folder.Path);
        List<string> answers = [];
        foreach (string question in s_questions.Append(_acknowledged[^1]))
        {
            RecallResult found = await vault.RecallAsync(new RecallQuery { Text = question, Limit = 50, CountsUse = false });
            answers.AddRange(found.Hits.Select(hit => $"{hit.Cube.Id} {hit.Cube.Version} {hit.Cube.Text} {hit.Score:F3}"));
        }

        Assert.Contains(answers, answer => answer.Contains(_acknowledged[^1], StringComparison.Ordinal));
        return [.. answers];
    }
}
