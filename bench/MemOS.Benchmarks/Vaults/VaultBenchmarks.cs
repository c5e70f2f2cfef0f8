using System.Globalization;
using BenchmarkDotNet.Attributes;
using MemOS.Models.BuiltIn;
using MemOS.Operator.Recall;
using MemOS.Reader;
using MemOS.Vaults;
using MemOS.Vaults.Sqlite;

namespace MemOS.Benchmarks.Vaults;

/// <summary>Durable adds and recall through the vault's front door, into a vault that holds 10,000 messages.</summary>
[MemoryDiagnoser]
public class VaultBenchmarks
{
    private const int Held = 10_000;
    private static readonly string[] s_words =
        [.. "garden train dinner music doctor river market office window bicycle letter summer coffee museum holiday meeting painting concert kitchen harbour".Split(' ')];

    private readonly string _folder = Directory.CreateTempSubdirectory("memos-bench-").FullName;
    private MemoryVault _vault = null!; // set up before each run
    private int _next;

    /// <summary>Fills the vault.</summary>
    [GlobalSetup]
    public async Task FillAsync()
    {
        SqliteVaultEngine engine = new(_folder, options: null, TimeProvider.System);
        _vault = await MemoryVault.OpenAsync(await engine.OpenAsync(new VaultId("bench"), create: true), new MemoryVaultOptions { Embedder = WordNetEmbedder.Shared });
        while (_next < Held)
        {
            await AddBatchOf100();
        }
    }

    /// <summary>Closes and deletes it.</summary>
    [GlobalCleanup]
    public async Task CloseAsync()
    {
        await _vault.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>One message, durable.</summary>
    [Benchmark]
    public Task AddOne() => _vault.AddAsync([Next()]);

    /// <summary>A hundred messages, durable together.</summary>
    [Benchmark(OperationsPerInvoke = 100)]
    public Task AddBatchOf100() => _vault.AddAsync([.. Enumerable.Range(0, 100).Select(_ => Next())]);

    /// <summary>Ten hits with their texts.</summary>
    [Benchmark]
    public Task<RecallResult> Recall() => _vault.RecallAsync(new RecallQuery { Text = "When did we go to the concert by the river?" });

    private Message Next()
    {
        Random random = new(_next);
        return new Message
        {
            Id = string.Create(CultureInfo.InvariantCulture, $"m{_next++}"),
            Conversation = string.Create(CultureInfo.InvariantCulture, $"c{_next / 40}"),
            Speaker = _next % 2 == 0 ? "Ann" : "Bob",
            Text = string.Join(' ', Enumerable.Range(0, 16).Select(_ => s_words[random.Next(s_words.Length)])) + string.Create(CultureInfo.InvariantCulture, $" {_next}."),
            Time = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).AddMinutes(_next),
        };
    }
}
