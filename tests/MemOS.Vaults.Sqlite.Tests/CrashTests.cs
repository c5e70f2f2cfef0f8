using System.Diagnostics;
using System.Globalization;
using MemOS.Cubes;
using MemOS.Governance;
using MemOS.Testing.Vaults;
using MemOS.Vaults.Sqlite.CrashWriter;
using Xunit;
using Xunit.Abstractions;

namespace MemOS.Vaults.Sqlite.Tests;

/// <summary>
/// Kills a writing process again and again over the same vault and looks for what it had acknowledged. MEMOS_CRASH_CYCLES sets how often; 20 by default.
/// </summary>
public sealed class CrashTests(ITestOutputHelper output) : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Dictionary<string, string> _acknowledged = [];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_was_acknowledged_survives_the_death_of_the_process_and_nothing_is_torn()
    {
        int cycles = int.Parse(Environment.GetEnvironmentVariable("MEMOS_CRASH_CYCLES") ?? "20", CultureInfo.InvariantCulture);
        var random = new Random(20260101);
        for (int cycle = 0; cycle < cycles; cycle++)
        {
            int before = _acknowledged.Count;
            await KillInTheMiddleAsync(cycle, random.Next(0, 80), TimeSpan.FromMicroseconds(random.Next(0, 20_000)));
            long begin = Stopwatch.GetTimestamp();
            await CheckAsync();
            output.WriteLine($"cycle {cycle}: {_acknowledged.Count - before} acknowledged, checked in {Stopwatch.GetElapsedTime(begin).TotalMilliseconds:F0} ms");
        }

        Assert.True(_acknowledged.Count > cycles, $"Only {_acknowledged.Count} writes were acknowledged in {cycles} cycles: nothing was tested.");
        output.WriteLine($"{_acknowledged.Count} acknowledged writes in {cycles} cycles");
    }

    private async Task KillInTheMiddleAsync(int seed, int acknowledgements, TimeSpan later)
    {
        string program = Path.Combine(AppContext.BaseDirectory, typeof(MixedWrites).Assembly.GetName().Name + ".dll");
        using Process process = Process.Start(new ProcessStartInfo("dotnet", [program, "write", _folder.Path, seed.ToString(CultureInfo.InvariantCulture)])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        }) ?? throw new InvalidOperationException("No process.");
        Assert.Equal("open", await process.StandardOutput.ReadLineAsync());
        var lines = new List<string>();
        while (lines.Count < acknowledgements && await process.StandardOutput.ReadLineAsync() is { } line)
        {
            lines.Add(line);
        }

        // The moment of the kill shall fall anywhere in the life of a write.
        await Task.Delay(later);
        process.Kill();
        string rest = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        string errors = await process.StandardError.ReadToEndAsync();
        Assert.True(errors.Length == 0, errors);

        // A last line without its end was not written in full.
        lines.AddRange(rest[..(rest.LastIndexOf('\n') + 1)].Split('\n', StringSplitOptions.RemoveEmptyEntries));
        foreach (string line in lines)
        {
            _acknowledged.Add(line.Split(' ')[0], line);
        }
    }

    private async Task CheckAsync()
    {
        await using IVaultStore store = await new SqliteVaultEngine(_folder.Path, null, TimeProvider.System).OpenAsync(MixedWrites.Vault, create: true);
        store.Read(reader =>
        {
            VaultInvariants.Check(reader);
            Dictionary<string, string> done = ReadDone(reader);
            foreach ((string name, string line) in _acknowledged)
            {
                Assert.True(done.TryGetValue(name, out string? found) && found == line, $"'{line}' was acknowledged and is gone.");
            }

            CheckContents(reader, done);
            return 0;
        });
        foreach (MemCube cube in store.Read(reader => reader.ReadCurrent().Where(cube => cube.Payload is StoredPayload).ToArray()))
        {
            await using Stream payload = store.OpenPayload(((StoredPayload)cube.Payload).Hash);
        }
    }

    private static Dictionary<string, string> ReadDone(IVaultReader reader)
    {
        var done = new Dictionary<string, string>();
        DateTimeOffset? before = null;
        while (true)
        {
            IReadOnlyList<AuditEntry> entries = reader.ReadAudit(new AuditQuery { Limit = 10_000, Time = new TimeInterval(null, before) });
            foreach (AuditEntry entry in entries)
            {
                done.Add(entry.Detail!.Split(' ')[0], entry.Detail); // every change of this test has one
            }

            if (entries.Count < 10_000)
            {
                return done;
            }

            before = entries[^1].At;
        }
    }

    // What the log says was written and not erased is there, and nothing else.
    private static void CheckContents(IVaultReader reader, Dictionary<string, string> done)
    {
        var messages = new HashSet<long>();
        var versions = new HashSet<long>();
        var gone = new HashSet<long>();
        var goneMessages = new HashSet<long>();
        long jobs = 0;
        foreach (string line in done.Values)
        {
            string[] words = line.Split(' ');
            bool erases = words[1] is "forget" or "close";
            (erases ? goneMessages : messages).UnionWith(Numbers(words, "m="));
            (erases ? gone : versions).UnionWith(Numbers(words, "v="));
            jobs += Numbers(words, "j=").Sum();
        }

        messages.ExceptWith(goneMessages);
        versions.ExceptWith(gone);
        Assert.Equal(messages.Order(), reader.ReadMessages().Select(message => message.Number));
        Assert.Equal(versions.Order(), Enumerable.Range(1, (int)reader.LastSequence).Select(i => (long)i).Where(sequence => reader.FindBySequence(sequence) is not null));
        Assert.Equal(jobs, reader.Statistics().PendingJobs);
        foreach (long sequence in versions)
        {
            string? operation = reader.FindBySequence(sequence)?.Descriptive.Info?["operation"];
            Assert.True(operation is not null && done.ContainsKey(operation), $"Version {sequence} has no entry in the log.");
        }
    }

    private static IEnumerable<long> Numbers(string[] words, string name) => words.FirstOrDefault(word => word.StartsWith(name, StringComparison.Ordinal)) is { } word
        ? word[name.Length..].Split(',', StringSplitOptions.RemoveEmptyEntries).Select(number => long.Parse(number, CultureInfo.InvariantCulture))
        : [];
}
