using System.Collections.Immutable;
using System.Text;
using MemOS.Cubes;
using MemOS.Governance;
using MemOS.Reader;
using MemOS.Scheduler;

namespace MemOS.Vaults.Sqlite.CrashWriter;

/// <summary>Writes of every kind from four callers at once, for a test that kills the process in the middle.</summary>
/// <remarks>
/// Each change leaves exactly one audit entry that says what it did ("12-3 add m=5,6 v=9,10"), and the versions that it wrote carry the same
/// operation name in their metadata. The same text is printed when the write is acknowledged.
/// </remarks>
internal static class MixedWrites
{
    public static readonly VaultId Vault = new("crash");

    private static readonly BranchName Draft = new("draft");

    public static async Task RunAsync(string folder, int seed)
    {
        var engine = new SqliteVaultEngine(folder, new SqliteVaultOptions { CheckpointPages = 100 }, TimeProvider.System);
        await using IVaultStore store = await engine.OpenAsync(Vault, create: true);
        await using var output = new StreamWriter(Console.OpenStandardOutput(), new UTF8Encoding(false), 4096) { AutoFlush = false };
        await output.WriteLineAsync("open");
        await output.FlushAsync();
        var gate = new Lock();
        await Task.WhenAll(Enumerable.Range(0, 4).Select(caller => Task.Run(async () =>
        {
            var random = new Random((seed * 31) + caller);
            for (int i = 0; ; i++)
            {
                if (await TryWriteAsync(store, random, $"{seed}.{caller}.{i}") is { } done)
                {
                    lock (gate)
                    {
                        output.WriteLine(done);
                        output.Flush();
                    }
                }
            }
        })));
    }

    private static async Task<string?> TryWriteAsync(IVaultStore store, Random random, string name)
    {
        int kind = random.Next(20);
        int pick = random.Next(1 << 20);
        StoredPayload? payload = kind == 0 ? await StageAsync(store, random) : null;
        try
        {
            return await store.WriteAsync((reader, change) => Plan(reader, change, kind, pick, name, payload));
        }
        catch (MemOSException error) when (error.Code is ErrorCodes.BranchNotFound or ErrorCodes.InvalidInput)
        {
            return null;
        }
    }

    private static string? Plan(IVaultReader reader, VaultChange change, int kind, int pick, string name, StoredPayload? payload)
    {
        string? done = kind switch
        {
            0 => Write(change, reader, new CubeId(Guid.CreateVersion7(reader.Now)), default, name, payload),
            < 8 => Add(change, reader, 1 + (pick % 5), name),
            < 12 => Update(change, reader, pick, default, name),
            12 => Open(change, reader),
            13 => Update(change, reader, pick, Draft, name),
            14 => Close(change, reader, pick),
            15 => Forget(change, reader, pick),
            16 => Use(change, reader, pick),
            17 => AddJob(change, reader),
            _ => FinishJob(change, reader, pick),
        };
        if (done is null)
        {
            return null;
        }

        done = $"{name} {done}";
        change.Audit.Add(new AuditEntry(0, default, "crash", AuditOperations.Update, default, 0, done));
        return done;
    }

    private static string Add(VaultChange change, IVaultReader reader, int count, string name)
    {
        var versions = new List<long>();
        var messages = new List<long>();
        for (int i = 0; i < count; i++)
        {
            string text = $"The {i}th sentence of operation {name}, which is long enough to fill a part of a page, and then a little more than that.";
            long number = reader.LastMessageNumber + i + 1;
            change.Messages.Add(new Message { Id = $"{name}/{i}", Conversation = "talk", Text = text, Time = reader.Now, Number = number });
            MemCube cube = Cube(new CubeId(Guid.CreateVersion7(reader.Now)), 1, default, text, name, reader.Now) with
            {
                Sources = [new MessageSource($"{name}/{i}", "talk", number, 0, text.Length)],
            };
            change.Cubes.Add(new CubeWrite(cube, new CubeVector("s", new float[] { i, 1, 2, 3 })));
            messages.Add(number);
            versions.Add(reader.LastSequence + i + 1);
        }

        change.NewJobs.Add(new VaultJob(0, JobKinds.Extract, name, 0, reader.Now, null, false));
        return $"add m={string.Join(',', messages)} v={string.Join(',', versions)} j=1";
    }

    private static string? Update(VaultChange change, IVaultReader reader, int pick, BranchName branch, string name) =>
        Pick(reader, pick) is { } id && (branch.IsMain || reader.ReadBranches().Count > 0) ? Write(change, reader, id, branch, name, null) : null;

    private static string Write(VaultChange change, IVaultReader reader, CubeId id, BranchName branch, string name, StoredPayload? payload)
    {
        int version = (reader.Find(id, branch)?.Version ?? 0) + 1;
        MemCube cube = Cube(id, version, branch, $"Text of operation {name}.", name, reader.Now);
        change.Cubes.Add(new CubeWrite(payload is null ? cube : cube with { Payload = payload }));
        return $"write v={reader.LastSequence + 1} b={branch}";
    }

    private static string? Open(VaultChange change, IVaultReader reader)
    {
        if (reader.ReadBranches().Count > 0)
        {
            return null;
        }

        change.NewBranches.Add(Draft);
        return "open";
    }

    private static string? Close(VaultChange change, IVaultReader reader, int pick)
    {
        if (reader.ReadBranches().Count == 0 || pick % 4 != 0)
        {
            return null;
        }

        change.ClosedBranches.Add(Draft);
        return $"close v={string.Join(',', reader.ReadBranch(Draft).SelectMany(cube => reader.History(cube.Id, Draft)).Select(cube => cube.Sequence))}";
    }

    private static string? Forget(VaultChange change, IVaultReader reader, int pick)
    {
        if (Pick(reader, pick) is not { } id)
        {
            return null;
        }

        change.ForgottenCubes.Add(id);
        IReadOnlyList<MemCube> versions = [.. reader.History(id), .. reader.History(id, Draft)];
        long[] messages = [.. versions.SelectMany(cube => cube.Sources).Select(source => source.Number).Distinct()];
        change.ForgottenMessages.AddRange(messages);
        return $"forget m={string.Join(',', messages)} v={string.Join(',', versions.Select(cube => cube.Sequence))}";
    }

    private static string? Use(VaultChange change, IVaultReader reader, int pick)
    {
        if (Pick(reader, pick) is not { } id)
        {
            return null;
        }

        change.Usage.Add(new UsageDelta(id, 1, reader.Now, TimeSpan.FromDays(1)));
        return "use";
    }

    private static string AddJob(VaultChange change, IVaultReader reader)
    {
        change.NewJobs.Add(new VaultJob(0, JobKinds.Extract, "x", 0, reader.Now, null, false));
        return "job j=1";
    }

    private static string? FinishJob(VaultChange change, IVaultReader reader, int pick)
    {
        if (reader.ReadDueJobs(20) is not { Count: > 0 } due)
        {
            return null;
        }

        VaultJob job = due[pick % due.Count];
        if (pick % 3 == 0)
        {
            change.FailedJobs.Add(job with { Attempts = job.Attempts + 1, Failure = "again" });
            return $"fail {job.Number}";
        }

        change.FinishedJobs.Add(job.Number);
        return "finish j=-1";
    }

    private static CubeId? Pick(IVaultReader reader, int pick) =>
        reader.ReadCurrent(pick % (reader.LastSequence + 1)).FirstOrDefault()?.Id ?? reader.ReadCurrent().FirstOrDefault()?.Id;

    private static async Task<StoredPayload> StageAsync(IVaultStore store, Random random)
    {
        byte[] bytes = new byte[random.Next(1, 200_000)];
        random.NextBytes(bytes);
        (ContentHash hash, long length) = await store.StagePayloadAsync(new MemoryStream(bytes));
        return new StoredPayload(PayloadKind.Activation, hash, length, "application/octet-stream");
    }

    private static MemCube Cube(CubeId id, int version, BranchName branch, string text, string name, DateTimeOffset now) => new()
    {
        Id = id,
        Version = version,
        Branch = branch,
        State = CubeState.Generated,
        Payload = new PlaintextPayload(text),
        Descriptive = new DescriptiveHeader
        {
            CreatedAt = now,
            Origin = OriginSignature.UserInput,
            Type = SemanticType.Episode,
            Info = ImmutableSortedDictionary<string, string>.Empty.Add("operation", name),
        },
    };
}
