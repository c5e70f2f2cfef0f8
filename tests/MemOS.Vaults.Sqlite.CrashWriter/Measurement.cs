using System.Diagnostics;
using MemOS.Cubes;
using MemOS.Governance;
using MemOS.Reader;

namespace MemOS.Vaults.Sqlite.CrashWriter;

/// <summary>Measures the engine alone: each addition is a message, a cube with a vector of 384 dimensions, a source link and an audit entry.</summary>
internal static class Measurement
{
    private const string Space = "hash/384";

    public static async Task RunAsync(string folder, int count)
    {
        var engine = new SqliteVaultEngine(folder, null, TimeProvider.System);
        var random = new Random(7);
        float[][] vectors = [.. Enumerable.Range(0, 64).Select(_ => Vector(random))];
        await using (IVaultStore store = await engine.OpenAsync(new VaultId("warm"), create: true))
        {
            await AddBatchesAsync(store, 2000, 100, vectors);
        }

        await using (IVaultStore store = await engine.OpenAsync(new VaultId("single"), create: true))
        {
            int singles = Math.Min(count, 2000);
            await ReportAsync("single, one caller", singles, () => AddSinglesAsync(store, 0, singles, vectors));
            await ReportAsync("single, 16 callers", singles * 4, () => Task.WhenAll(
                Enumerable.Range(1, 16).Select(caller => Task.Run(() => AddSinglesAsync(store, caller * singles, singles / 4, vectors)))));
        }

        var id = new VaultId("batch");
        await using (IVaultStore store = await engine.OpenAsync(id, create: true))
        {
            await ReportAsync("batches of 100", count, () => AddBatchesAsync(store, count, 100, vectors));
        }

        for (int round = 0; round < 3; round++)
        {
            long begin = Stopwatch.GetTimestamp();
            await using IVaultStore store = await engine.OpenAsync(id, create: false);
            TimeSpan opened = Stopwatch.GetElapsedTime(begin);
            long cubes = store.Read(reader => reader.ReadCurrentWithVectors(Space).LongCount(pair => pair.Vector is not null));
            TimeSpan loaded = Stopwatch.GetElapsedTime(begin);
            VaultStatistics statistics = store.Read(reader => reader.Statistics());
            Console.WriteLine($"open {opened.TotalMilliseconds:F1} ms, with all {cubes} cubes and vectors {loaded.TotalMilliseconds:F1} ms; {statistics.Bytes / (double)cubes:F0} bytes a cube, {statistics.Bytes / 1e6:F1} MB");
            begin = Stopwatch.GetTimestamp();
            const int Finds = 20_000;
            store.Read(reader =>
            {
                var pick = new Random(3);
                for (int i = 0; i < Finds; i++)
                {
                    _ = reader.FindBySequence(pick.Next(1, (int)cubes + 1));
                }

                return 0;
            });
            Console.WriteLine($"FindBySequence {Stopwatch.GetElapsedTime(begin).TotalMicroseconds / Finds:F2} µs");
            begin = Stopwatch.GetTimestamp();
            for (int i = 0; i < 2000; i++)
            {
                _ = store.Read(reader => reader.FindBySequence(1));
            }

            Console.WriteLine($"Read of one cube {Stopwatch.GetElapsedTime(begin).TotalMicroseconds / 2000:F2} µs");
        }
    }

    private static async Task ReportAsync(string name, int count, Func<Task> action)
    {
        long begin = Stopwatch.GetTimestamp();
        await action();
        TimeSpan taken = Stopwatch.GetElapsedTime(begin);
        Console.WriteLine($"{name}: {count / taken.TotalSeconds:F0} additions/s, {taken.TotalMicroseconds / count:F1} µs each");
    }

    private static async Task AddSinglesAsync(IVaultStore store, int first, int count, float[][] vectors)
    {
        for (int i = first; i < first + count; i++)
        {
            int number = i;
            await store.WriteAsync((reader, change) => Add(change, number, vectors, reader.Now));
        }
    }

    private static async Task AddBatchesAsync(IVaultStore store, int count, int size, float[][] vectors)
    {
        for (int i = 0; i < count; i += size)
        {
            int first = i;
            await store.WriteAsync((reader, change) =>
            {
                for (int number = first; number < Math.Min(first + size, count); number++)
                {
                    Add(change, number, vectors, reader.Now);
                }

                return 0;
            });
        }
    }

    private static int Add(VaultChange change, int number, float[][] vectors, DateTimeOffset now)
    {
        string conversation = $"conversation-{number / 500}";
        string text = $"On day {number} I went to the market with my sister and we bought {number % 97} apples, then we talked about the trip to the mountains.";
        var message = new Message { Id = $"m{number}", Conversation = conversation, Speaker = "Caroline", Text = text, Time = now };
        var id = new CubeId(Guid.CreateVersion7(now));
        change.Messages.Add(message);
        change.Cubes.Add(new CubeWrite(
            new MemCube
            {
                Id = id,
                Version = 1,
                State = CubeState.Generated,
                Descriptive = new DescriptiveHeader
                {
                    CreatedAt = now,
                    Origin = OriginSignature.UserInput,
                    Type = SemanticType.Episode,
                    SaidAt = now,
                    Speaker = "Caroline",
                    Role = "user",
                    Context = conversation,
                    Entities = ["sister", "market"],
                },
                Payload = new PlaintextPayload(text),
                Sources = [new MessageSource(message.Id, conversation, 0, 0, text.Length)],
            },
            new CubeVector(Space, vectors[number % vectors.Length])));
        change.Audit.Add(new AuditEntry(0, default, "owner", AuditOperations.Add, id, 1, null));
        return number;
    }

    private static float[] Vector(Random random)
    {
        var vector = new float[384];
        double sum = 0;
        for (int i = 0; i < vector.Length; i++)
        {
            vector[i] = (float)(random.NextDouble() - 0.5);
            sum += vector[i] * vector[i];
        }

        return [.. vector.Select(value => (float)(value / Math.Sqrt(sum)))];
    }
}
