using MemOS.Cubes;
using MemOS.Governance;
using MemOS.Reader;

namespace MemOS.Vaults.Sqlite.CrashWriter;

/// <summary>Adds, changes and forgets memories so fast, on a clock that runs so fast, that the vault saves its index nearly all the time, until it is killed.</summary>
internal static class SnapshotWrites
{
    public static readonly VaultId Vault = new("snapshots");

    private const int MostCubes = 4000;
    private const int Batch = 600;

    /// <summary>Writes a line when the vault is open, and for each message that was acknowledged and stays: its text.</summary>
    public static async Task RunAsync(string folder, int seed)
    {
        await using var output = new StreamWriter(Console.OpenStandardOutput()) { AutoFlush = true };
        await using MemoryVault vault = await OpenAsync(folder);
        await output.WriteLineAsync("open");
        var random = new Random(seed);
        for (int round = 0; ; round++)
        {
            string lasting = $"Keepsake {seed}x{round} of the journey.";
            await vault.AddAsync([Said(lasting, $"keep {seed}/{round}")]);
            await output.WriteLineAsync(lasting);
            CubeId[] passing = vault.Read(reader => reader.ReadCurrent().Where(cube => cube.Descriptive.Context == "passing").Select(cube => cube.Id).ToArray());
            if (passing.Length < MostCubes)
            {
                await vault.AddAsync([.. Enumerable.Range(0, Batch).Select(i => Said(Text(random), $"{seed}/{round}/{i}", "passing"))]);
            }
            else
            {
                random.Shuffle(passing);
                await Task.WhenAll(passing.Take(Batch).Select(id => vault.UpdateAsync(id, new CubeUpdate { Text = Text(random) })));
            }

            if (random.Next(8) == 0 && passing.Length > 0)
            {
                await vault.ForgetAsync(new ForgetScope { Cubes = [passing[0]] }); // which drops the snapshot, a half written one too
            }
        }
    }

    /// <summary>Opens the vault, on the fast clock.</summary>
    public static async Task<MemoryVault> OpenAsync(string folder) => await MemoryVault.OpenAsync(
        await new SqliteVaultEngine(folder, null, TimeProvider.System).OpenAsync(Vault, create: true),
        new MemoryVaultOptions { Embedder = new NamedEmbedder("snapshots"), Clock = new FastClock() });

    private static string Text(Random random) =>
        $"Passing thought {random.Next(1 << 24):x} about lamp {random.Next(900)} in the {(random.Next(2) == 0 ? "harbour" : "garden")} of house {random.Next(90)}.";

    private static Message Said(string text, string id, string conversation = "kept") =>
        new() { Id = id, Conversation = conversation, Speaker = "Ann", Text = text, Time = TimeProvider.System.GetUtcNow() };
}
