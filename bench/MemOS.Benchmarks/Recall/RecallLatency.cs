using System.Diagnostics;
using System.Globalization;
using MemOS.Models.BuiltIn;
using MemOS.Operator.Recall;
using MemOS.Reader;
using MemOS.Vaults;
using MemOS.Vaults.Sqlite;

namespace MemOS.Benchmarks.Recall;

/// <summary>
/// What a caller waits for: whole recalls through the vault, embedding of the question by the built-in embedder and ten hits with their texts included, one after
/// another. A benchmark of means would hide the slow ones, so each is timed.
/// </summary>
internal static class RecallLatency
{
    private const int Vocabulary = 30_000;
    private const int WarmUp = 2_000;
    private const int Recalls = 2_000;

    private static readonly string[] s_names = ["Ann", "Bob", "Carla", "Deniz"];

    /// <summary>Measures vaults of the given numbers of messages and prints a line for each.</summary>
    public static async Task RunAsync(IEnumerable<int> sizes)
    {
        foreach (int size in sizes)
        {
            string folder = Directory.CreateTempSubdirectory("memos-latency-").FullName;
            try
            {
                await FillAsync(folder, size);
                await using MemoryVault vault = await OpenAsync(folder); // opened anew, so from its saved index
                await AskAsync(vault, WarmUp, seed: 1);
                double[] times = await AskAsync(vault, Recalls, seed: 2);
                Array.Sort(times);
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{size,7} messages  recall p50 {times[Recalls / 2]:F3} ms  p95 {times[Recalls * 95 / 100]:F3} ms  p99 {times[Recalls * 99 / 100]:F3} ms  most {times[^1]:F2} ms"));
            }
            finally
            {
                Directory.Delete(folder, recursive: true);
            }
        }
    }

    private static async Task<MemoryVault> OpenAsync(string folder) => await MemoryVault.OpenAsync(
        await new SqliteVaultEngine(folder, null, TimeProvider.System).OpenAsync(new VaultId("latency"), create: true), new MemoryVaultOptions { Embedder = WordNetEmbedder.Shared });

    private static async Task FillAsync(string folder, int size)
    {
        Random random = new(size);
        await using MemoryVault vault = await OpenAsync(folder);
        foreach (int[] batch in Enumerable.Range(0, size).Chunk(500))
        {
            await vault.AddAsync([.. batch.Select(i => new Message
            {
                Id = string.Create(CultureInfo.InvariantCulture, $"m{i}"),
                Conversation = string.Create(CultureInfo.InvariantCulture, $"c{i / 400}"),
                Speaker = s_names[random.Next(s_names.Length)],
                Text = Words(random, random.Next(8, 42)),
                Time = new DateTimeOffset(2025, 1, 1, 8, 0, 0, TimeSpan.Zero).AddMinutes(i).AddHours(i / 10 * 4),
            })]);
        }

        await vault.SettleAsync();
    }

    private static async Task<double[]> AskAsync(MemoryVault vault, int count, int seed)
    {
        Random random = new(seed);
        double[] times = new double[count];
        for (int i = 0; i < count; i++)
        {
            RecallQuery query = new() { Text = $"When did {s_names[random.Next(s_names.Length)]} speak of {Words(random, 4)}?" };
            long begin = Stopwatch.GetTimestamp();
            await vault.RecallAsync(query);
            times[i] = Stopwatch.GetElapsedTime(begin).TotalMilliseconds;
        }

        return times;
    }

    // The n-th word has a frequency of 1/n, as in real text; most are words that the embedder does not know, which cost it more.
    private static string Words(Random random, int count) => string.Join(' ', Enumerable.Range(0, count).Select(_ => Word((int)Math.Exp(random.NextDouble() * Math.Log(Vocabulary)))));

    private static string Word(int number)
    {
        const string Consonants = "bdfgklmnprstv";
        const string Vowels = "aeiou";
        Span<char> word = stackalloc char[16];
        int length = 0;
        for (number += 65; number > 0; number /= 65)
        {
            word[length++] = Consonants[number % 65 % 13];
            word[length++] = Vowels[number % 65 / 13];
        }

        return new string(word[..length]);
    }
}
