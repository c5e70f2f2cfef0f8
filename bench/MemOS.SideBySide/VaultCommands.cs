using System.Diagnostics;
using MemOS.Operator.Recall;
using MemOS.Vaults;
using MemOS.Vaults.Sqlite;

namespace MemOS.SideBySide;

/// <summary>What the driver asks of the vault, each in a process of its own.</summary>
internal static class VaultCommands
{
    private static readonly VaultId s_vault = new("bench");

    /// <summary>Messages one after another, each durable before the next starts.</summary>
    public static async Task<Answer> AddSingleAsync(string folder, string corpus, int skip, int count)
    {
        MemoryVault vault = await OpenAsync(folder);
        Samples samples = new();
        foreach (Reader.Message message in Read(corpus, skip, count))
        {
            long start = Stopwatch.GetTimestamp();
            await vault.AddAsync([message]);
            samples.AddSince(start);
        }

        return await CloseAsync(vault, samples, new Answer("add-single") { Count = count });
    }

    /// <summary>Batches one after another, each durable before the next starts.</summary>
    public static async Task<Answer> AddBatchAsync(string folder, string corpus, int skip, int count, int size)
    {
        MemoryVault vault = await OpenAsync(folder);
        Samples samples = new();
        foreach (Reader.Message[] batch in Read(corpus, skip, count).Chunk(size))
        {
            long start = Stopwatch.GetTimestamp();
            await vault.AddAsync(batch);
            samples.AddSince(start);
        }

        return await CloseAsync(vault, samples, new Answer("add-batch") { Count = count });
    }

    /// <summary>Many callers, each of which waits until its message is durable.</summary>
    public static async Task<Answer> AddConcurrentAsync(string folder, string corpus, int skip, int count, int adders)
    {
        Reader.Message[] messages = [.. Read(corpus, skip, count)];
        MemoryVault vault = await OpenAsync(folder);
        Samples samples = new();
        int next = -1;
        long began = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, adders).Select(_ => Task.Run(async () =>
        {
            for (int at = Interlocked.Increment(ref next); at < messages.Length; at = Interlocked.Increment(ref next))
            {
                long start = Stopwatch.GetTimestamp();
                await vault.AddAsync([messages[at]]);
                samples.AddSince(start);
            }
        })));
        double seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        return await CloseAsync(vault, samples, new Answer("add-concurrent") { Count = count, Seconds = seconds });
    }

    /// <summary>All questions, ten hits each, with their texts.</summary>
    public static async Task<Answer> RecallAsync(string folder, string queries, int warmups)
    {
        IReadOnlyList<Question> questions = CorpusReader.Questions(queries);
        MemoryVault vault = await OpenAsync(folder);
        for (int i = 0; i < warmups; i++)
        {
            await vault.RecallAsync(new RecallQuery { Text = questions[i % questions.Count].Text });
        }

        Samples samples = new();
        int found = 0;
        foreach (Question question in questions)
        {
            long start = Stopwatch.GetTimestamp();
            RecallResult result = await vault.RecallAsync(new RecallQuery { Text = question.Text });
            samples.AddSince(start);
            found += result.Hits.Any(hit => hit.Cube.Sources.Any(source => source.MessageId == Id(question.Message))) ? 1 : 0;
        }

        Answer answer = ResidentMemory.Record(samples.Summarise(new Answer("recall") { Count = questions.Count, Found = (double)found / questions.Count }));
        await vault.DisposeAsync();
        return answer;
    }

    /// <summary>One question on a closed store.</summary>
    public static async Task<Answer> ColdAsync(string folder, string question)
    {
        MemoryVault vault = await OpenAsync(folder);
        RecallResult result = await vault.RecallAsync(new RecallQuery { Text = question });
        return new Answer("cold") { Count = result.Hits.Length, First = result.Hits.IsEmpty ? null : result.Hits[0].Cube.Sources[0].MessageId };
    }

    private static async Task<MemoryVault> OpenAsync(string folder)
    {
        SqliteVaultEngine engine = new(folder, options: null, TimeProvider.System);
        return await MemoryVault.OpenAsync(await engine.OpenAsync(s_vault, create: true), new MemoryVaultOptions { Embedder = new HashEmbedder() });
    }

    private static async Task<Answer> CloseAsync(MemoryVault vault, Samples samples, Answer answer)
    {
        long start = Stopwatch.GetTimestamp();
        await vault.SettleAsync(); // what was left to background jobs is done too before the store counts as closed
        await vault.DisposeAsync();
        return samples.Summarise(answer) with { CloseMs = Stopwatch.GetElapsedTime(start).TotalMilliseconds };
    }

    private static IEnumerable<Reader.Message> Read(string corpus, int skip, int count) => CorpusReader.Messages(corpus, skip, count).Select(message => new Reader.Message
    {
        Id = Id(message.Id),
        Conversation = message.Conversation,
        Speaker = message.Speaker,
        Text = message.Text,
        Time = message.Time,
    });

    private static string Id(long id) => id.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
