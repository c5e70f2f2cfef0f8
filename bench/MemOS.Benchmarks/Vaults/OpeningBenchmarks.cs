using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Engines;
using MemOS.Benchmarks.Recall;
using MemOS.Models.BuiltIn;
using MemOS.Operator.Recall;
using MemOS.Reader;
using MemOS.Vaults;
using MemOS.Vaults.Sqlite;

namespace MemOS.Benchmarks.Vaults;

/// <summary>From a closed vault to the first answer, with its saved index and without it. Closing is not counted.</summary>
[SimpleJob(RunStrategy.Monitoring, warmupCount: 1, iterationCount: 7)]
public class OpeningBenchmarks
{
    private static readonly VaultId s_vault = new("bench");
    private readonly string _folder = Directory.CreateTempSubdirectory("memos-bench-").FullName;
    private MemoryVault _vault = null!; // opened by each iteration

    /// <summary>Messages in the vault.</summary>
    [Params(10_000, 100_000)]
    public int Count { get; set; }

    /// <summary>Whether the index lies beside the database, as a closed vault leaves it.</summary>
    [Params(true, false)]
    public bool Saved { get; set; }

    /// <summary>Fills the vault.</summary>
    [GlobalSetup]
    public async Task FillAsync()
    {
        await OpenAsync();
        foreach (Message[] batch in RecallCorpus.Turns(Count).Select(Read).Chunk(1000))
        {
            await _vault.AddAsync(batch);
        }

        await _vault.DisposeAsync();
    }

    /// <summary>Deletes it.</summary>
    [GlobalCleanup]
    public void Delete() => Directory.Delete(_folder, recursive: true);

    /// <summary>Takes the saved index away.</summary>
    [IterationSetup]
    public void Prepare()
    {
        if (!Saved)
        {
            Directory.EnumerateFiles(_folder, "*.index", SearchOption.AllDirectories).ToList().ForEach(File.Delete);
        }
    }

    /// <summary>Opens the vault and answers a question.</summary>
    [Benchmark]
    public async Task<RecallResult> FirstAnswer()
    {
        await OpenAsync();
        return await _vault.RecallAsync(RecallCorpus.Query(0));
    }

    /// <summary>Closes the vault, which saves the index.</summary>
    [IterationCleanup]
    public void Close() => _vault.DisposeAsync().AsTask().GetAwaiter().GetResult();

    private async Task OpenAsync() => _vault = await MemoryVault.OpenAsync(
        await new SqliteVaultEngine(_folder, options: null, TimeProvider.System).OpenAsync(s_vault, create: true),
        new MemoryVaultOptions { Embedder = WordNetEmbedder.Shared });

    private static Message Read(Cubes.MemCube cube) => new()
    {
        Id = cube.Sources[0].MessageId,
        Conversation = $"c{cube.Sequence / 40}",
        Speaker = cube.Descriptive.Speaker,
        Text = cube.Text ?? "",
        Time = cube.Descriptive.SaidAt ?? cube.Descriptive.CreatedAt,
    };
}
