using System.Diagnostics;
using System.Globalization;
using MemOS.Cubes;
using MemOS.Operator.Recall;
using MemOS.Reader;
using MemOS.Testing.Vaults;
using MemOS.Vaults.Sqlite.CrashWriter;
using Xunit;

namespace MemOS.Vaults.Sqlite.Tests;

/// <summary>
/// Kills a process that re-embeds a vault again and again, with another embedder now and then, and lets the last one finish. MEMOS_CRASH_CYCLES sets how often;
/// 6 by default.
/// </summary>
public sealed class SpaceChangeCrashTests : IDisposable
{
    private static readonly string[] s_spaces = ["first", "second", "third"];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_change_of_embedder_that_is_killed_in_the_middle_goes_on_and_ends_with_every_version_in_one_space()
    {
        int cycles = int.Parse(Environment.GetEnvironmentVariable("MEMOS_CRASH_CYCLES") ?? "6", CultureInfo.InvariantCulture);
        var random = new Random(20261124);
        var acknowledged = new List<string>();
        int cutOff = 0;
        await using (MemoryVault vault = await SpaceChanges.OpenAsync(_folder.Path, new NamedEmbedder(s_spaces[0])))
        {
            await vault.AddAsync([.. Enumerable.Range(0, 3000).Select(i => new Message { Id = "", Speaker = "Bob", Text = $"Old message {i}.", Time = DateTimeOffset.UnixEpoch.AddDays(i) })]);
        }

        for (int cycle = 0; cycle < cycles; cycle++)
        {
            acknowledged.AddRange(
                await KillInTheMiddleAsync(s_spaces[random.Next(s_spaces.Length)], cycle, random.Next(1, 9), TimeSpan.FromMicroseconds(random.Next(0, 20_000))));
            cutOff += await CheckStoreAsync(acknowledged) ? 1 : 0;
        }

        Assert.True(cutOff > 0, "No change of space was cut off: nothing was tested.");
        var last = new NamedEmbedder(s_spaces[2]);
        await using MemoryVault finished = await SpaceChanges.OpenAsync(_folder.Path, last);
        await finished.SettleAsync();
        Assert.Equal([s_spaces[2]], finished.Read(reader => reader.ReadSpaces()));
        finished.Read(reader =>
        {
            foreach ((MemCube cube, CubeVector? vector) in reader.ReadCurrentWithVectors(s_spaces[2]))
            {
                Assert.NotNull(vector);
                Assert.All(last.Vector(cube.Text!).Zip(vector.Values.ToArray()), pair => Assert.Equal(pair.First, pair.Second, 1e-3f));
            }

            return 0;
        });
        RecallResult found = await finished.RecallAsync(new RecallQuery { Text = "Old message 17." }); // after many cycles others say 17 more often
        Assert.Contains(found.Hits, hit => hit.Cube.Text == "Old message 17." && hit.Breakdown.Vector > 0);
    }

    private async Task<List<string>> KillInTheMiddleAsync(string space, int seed, int batches, TimeSpan later)
    {
        string program = Path.Combine(AppContext.BaseDirectory, typeof(SpaceChanges).Assembly.GetName().Name + ".dll");
        using Process process = Process.Start(new ProcessStartInfo("dotnet", [program, "reembed", _folder.Path, space, seed.ToString(CultureInfo.InvariantCulture)])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        }) ?? throw new InvalidOperationException("No process.");
        var lines = new List<string>();
        while (lines.Count(line => line == "batch") < batches && lines.Count < 400 && await process.StandardOutput.ReadLineAsync() is { } line)
        {
            lines.Add(line);
        }

        // The moment of the kill shall fall anywhere between two batches.
        await Task.Delay(later);
        process.Kill();
        string rest = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        string errors = await process.StandardError.ReadToEndAsync();
        Assert.True(errors.Length == 0, errors);
        lines.AddRange(rest[..(rest.LastIndexOf('\n') + 1)].Split('\n', StringSplitOptions.RemoveEmptyEntries));
        return [.. lines.Where(line => line is not ("batch" or "open"))];
    }

    // Says whether there are vectors of more than one space.
    private async Task<bool> CheckStoreAsync(List<string> acknowledged)
    {
        await using IVaultStore store = await new SqliteVaultEngine(_folder.Path, null, TimeProvider.System).OpenAsync(SpaceChanges.Vault, create: false);
        Assert.Empty(store.Verify());
        return store.Read(reader =>
        {
            VaultInvariants.Check(reader);
            Assert.Empty(acknowledged.Except(reader.ReadCurrent().Select(cube => cube.Text ?? "")));

            // Whatever space is served, a version that lacks its vector there has one in another space: nothing was taken away before its time.
            IReadOnlyList<string> spaces = reader.ReadSpaces();
            Assert.All(
                reader.ReadWithoutVector(reader.Space!).Select(cube => cube.Sequence).ToArray(),
                sequence => Assert.Contains(spaces, space => reader.FindVector(sequence, space) is not null));
            return spaces.Count > 1;
        });
    }
}
