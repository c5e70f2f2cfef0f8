using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using MemOS.Cubes;
using MemOS.Governance;
using MemOS.Reader;
using MemOS.Vaults;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace MemOS.Testing.Vaults;

/// <summary>What every storage engine must pass: the promises of <see cref="IVaultStore"/> and <see cref="IVaultReader"/>.</summary>
public abstract class VaultStoreConformance : IAsyncLifetime
{
    private static readonly VaultId Id = new("Anna's vault / 1");

    protected FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));

    protected IVaultEngine Engine { get; private set; } = null!; // set before the first test

    /// <summary>Makes an engine over an empty place.</summary>
    protected abstract IVaultEngine CreateEngine(TimeProvider clock);

    public virtual Task InitializeAsync()
    {
        Engine = CreateEngine(Clock);
        return Task.CompletedTask;
    }

    public virtual Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task A_vault_is_there_from_its_creation_to_its_deletion()
    {
        Assert.False(Engine.Exists(Id));
        MemOSException missing = await Assert.ThrowsAsync<MemOSException>(() => Engine.OpenAsync(Id, create: false));
        Assert.Equal(ErrorCodes.VaultNotFound, missing.Code);
        await using (IVaultStore store = await OpenAsync())
        {
            Assert.Equal(Id, store.Id);
            MemOSException open = Assert.Throws<MemOSException>(() => Engine.Delete(Id));
            Assert.Equal(ErrorCodes.VaultInUse, open.Code);
        }

        VaultId[] others = [new("a"), new("A"), new("con"), new("../x"), new("漢字"), new(new string('é', 100)), new(new string('é', 99) + "è")];
        foreach (VaultId other in others)
        {
            await (await Engine.OpenAsync(other, create: true)).DisposeAsync();
        }

        Assert.Equal(others.Append(Id).Select(id => id.Value).Order(StringComparer.Ordinal), Engine.List().Select(id => id.Value));
        Assert.All(others, other => Assert.True(Engine.Delete(other)));
        Assert.True(Engine.Delete(Id));
        Assert.False(Engine.Delete(Id));
        Assert.Empty(Engine.List());
    }

    [Fact]
    public async Task A_vault_is_open_at_most_once()
    {
        await using (IVaultStore store = await OpenAsync())
        {
            MemOSException error = await Assert.ThrowsAsync<MemOSException>(OpenAsync);
            Assert.Equal(ErrorCodes.VaultInUse, error.Code);
        }

        await (await OpenAsync()).DisposeAsync();
    }

    [Fact]
    public async Task A_change_gets_its_numbers_and_is_announced_before_it_is_acknowledged()
    {
        await using IVaultStore store = await OpenAsync();
        var announced = new List<VaultChange>();
        store.Committed = announced.AddRange;
        VaultChange? planned = null;
        DateTimeOffset now = await store.WriteAsync((reader, change) =>
        {
            planned = change;
            Assert.Equal(0, reader.LastSequence);
            change.Messages.Add(Sample.Message("m1", "hello"));
            change.Cubes.Add(new CubeWrite(Sample.Cube(CubeId.New(Clock), "hello", new MessageSource("m1", null, 0, 0, 5))));
            change.Audit.Add(Sample.Audit());
            return reader.Now;
        });

        Assert.Same(planned, Assert.Single(announced));
        MemCube cube = planned!.Cubes[0].Cube; // the plan has run
        Assert.Equal((1, now, null), (cube.Sequence, cube.TxFrom, cube.TxTo));
        Assert.Equal(1, cube.Sources[0].Number);
        Assert.Equal((1, now), (planned.Messages[0].Number, planned.Messages[0].ReceivedAt));
        Assert.Equal((1, now), (planned.Audit[0].Sequence, planned.Audit[0].At));
        Assert.Equal(Description.Of(cube), Description.Of(store.Read(reader => reader.FindBySequence(1))));
        Assert.Equal(cube.Id, Assert.Single(store.Read(reader => reader.FindBySource(1))));
    }

    [Fact]
    public async Task A_plan_that_throws_or_writes_nothing_leaves_no_trace()
    {
        await using IVaultStore store = await OpenAsync();
        int announced = 0;
        store.Committed = _ => announced++;
        await Assert.ThrowsAsync<InvalidOperationException>(() => store.WriteAsync<int>((_, change) =>
        {
            change.Messages.Add(Sample.Message("m1", "hello"));
            throw new InvalidOperationException("No.");
        }));
        Assert.Equal(7, await store.WriteAsync((_, _) => 7));
        Assert.Equal(0, announced);
        Assert.Equal(0, store.Read(reader => reader.Statistics().Messages + reader.LastMessageNumber + reader.LastSequence));
    }

    [Fact]
    public async Task A_stale_version_and_a_used_message_id_are_refused_and_nothing_of_their_change_is_written()
    {
        await using IVaultStore store = await OpenAsync();
        CubeId id = CubeId.New(Clock);
        await AddAsync(store, "m1", Sample.Cube(id, "one"));
        await AssertRefusedAsync(store, ErrorCodes.VersionConflict, change =>
        {
            change.Messages.Add(Sample.Message("m2", "two"));
            change.Cubes.Add(new CubeWrite(Sample.Cube(CubeId.New(Clock), "new")));
            change.Cubes.Add(new CubeWrite(Sample.Cube(id, "again")));
        });
        await AssertRefusedAsync(store, ErrorCodes.VersionConflict, change => change.Cubes.Add(new CubeWrite(Sample.Cube(id, "gap") with { Version = 3 })));
        await AssertRefusedAsync(store, ErrorCodes.MessageIdConflict, change =>
        {
            change.Cubes.Add(new CubeWrite(Sample.Cube(CubeId.New(Clock), "new")));
            change.Messages.Add(Sample.Message("m1", "other"));
        });
        await AssertRefusedAsync(store, ErrorCodes.BranchNotFound, change =>
            change.Cubes.Add(new CubeWrite(Sample.Cube(CubeId.New(Clock), "new") with { Branch = new BranchName("none") })));
        await AssertRefusedAsync(store, ErrorCodes.MessageNotFound, change =>
            change.Cubes.Add(new CubeWrite(Sample.Cube(CubeId.New(Clock), "new", new MessageSource("none", null, 0, 0, 1)))));
        Assert.Equal((1, 1, 1), store.Read(reader => (reader.Statistics().Messages, reader.Statistics().Versions, reader.LastSequence)));
    }

    [Fact]
    public async Task Transaction_time_rises_even_when_the_clock_does_not()
    {
        await using IVaultStore store = await OpenAsync();
        var times = new List<DateTimeOffset>();
        for (int i = 0; i < 5; i++)
        {
            times.Add(await store.WriteAsync((reader, change) =>
            {
                change.Audit.Add(Sample.Audit());
                return reader.Now;
            }));
        }

        Assert.Equal(times.Order().Distinct(), times);
        await store.DisposeAsync();
        Clock.AdjustTime(Clock.GetUtcNow().AddDays(-1));
        await using IVaultStore later = await OpenAsync();
        Assert.True(await later.WriteAsync((reader, change) =>
        {
            change.Audit.Add(Sample.Audit());
            return reader.Now;
        }) > times[^1]);
    }

    [Fact]
    public async Task Numbers_are_not_given_twice_after_the_newest_rows_were_forgotten()
    {
        await using (IVaultStore store = await OpenAsync())
        {
            CubeId id = CubeId.New(Clock);
            await AddAsync(store, "m1", Sample.Cube(id, "gone"));
            await store.WriteAsync((_, change) =>
            {
                change.ForgottenCubes.Add(id);
                change.ForgottenMessages.Add(1);
                return 0;
            });
            Assert.Equal((1L, 1L, 0L), store.Read(reader => (reader.LastSequence, reader.LastMessageNumber, reader.Statistics().Versions)));
        }

        await using IVaultStore again = await OpenAsync();
        VaultChange change = await AddAsync(again, "m1", Sample.Cube(CubeId.New(Clock), "new"));
        Assert.Equal((2L, 2L), (change.Cubes[0].Cube.Sequence, change.Messages[0].Number));
    }

    [Fact]
    public async Task What_a_vault_says_of_its_own_about_states_is_kept_replaced_and_taken_back()
    {
        const string First = """{"promote_heat":5,"labels":["work","漢字"]}""", Second = """{"a name of later":1}""";
        await using (IVaultStore store = await OpenAsync())
        {
            Assert.Null(store.Read(reader => reader.StatePolicy));
            await NoteAsync(store, First);
            await AssertRefusedAsync(store, ErrorCodes.BranchNotFound, change =>
            {
                change.StatePolicy = Second;
                change.Cubes.Add(new CubeWrite(Sample.Cube(CubeId.New(Clock), "new") with { Branch = new BranchName("none") }));
            });
            CubeId id = CubeId.New(Clock);
            await AddAsync(store, "m1", Sample.Cube(id, "gone")); // what says nothing of it leaves it
            await store.WriteAsync((_, change) =>
            {
                change.ForgottenCubes.Add(id);
                change.NewBranches.Add(new BranchName("draft"));
                return 0;
            });
            Assert.Equal(First, store.Read(reader => reader.StatePolicy));
        }

        await using (IVaultStore store = await OpenAsync())
        {
            Assert.Equal((First, 0), (store.Read(reader => reader.StatePolicy), store.Verify().Count));
            await NoteAsync(store, Second);
            Assert.Equal((Second, 0), (store.Read(reader => reader.StatePolicy), store.Verify().Count));
            await NoteAsync(store, "");
            Assert.Null(store.Read(reader => reader.StatePolicy));
        }

        await using IVaultStore last = await OpenAsync();
        Assert.Null(last.Read(reader => reader.StatePolicy));
        static Task NoteAsync(IVaultStore store, string policy) => store.WriteAsync((_, change) => change.StatePolicy = policy);
    }

    [Fact]
    public async Task A_read_sees_one_state_however_long_it_takes()
    {
        await using IVaultStore store = await OpenAsync();
        CubeId id = CubeId.New(Clock);
        await AddAsync(store, "m1", Sample.Cube(id, "one"));
        store.Read(reader =>
        {
            Task<VaultChange> write = Task.Run(() => AddAsync(store, "m2", Sample.Cube(id, "two") with { Version = 2 }));
            write.GetAwaiter().GetResult();
            Assert.Equal("one", reader.Find(id)?.Text);
            Assert.Equal(1, reader.LastSequence);
            Assert.Equal("two", store.Read(other => other.Find(id)?.Text));
            return 0;
        });
    }

    [Fact]
    public async Task A_sequence_ends_with_the_read_that_it_came_from()
    {
        await using IVaultStore store = await OpenAsync();
        await AddAsync(store, "m1", Sample.Cube(CubeId.New(Clock), "one"));
        IEnumerable<MemCube> kept = store.Read(reader => reader.ReadCurrent());
        Assert.Throws<ObjectDisposedException>(() => kept.Count());
        Assert.Equal(1, store.Read(reader => reader.ReadCurrent().Sum(outer => reader.ReadCurrent().Count())));
    }

    [Fact]
    public async Task A_cancelled_write_is_not_carried_out_unless_it_had_begun()
    {
        await using IVaultStore store = await OpenAsync();
        using var begun = new SemaphoreSlim(0);
        using var goOn = new SemaphoreSlim(0);
        using var cancelled = new CancellationTokenSource();
        Task<int> first = Task.Run(() => store.WriteAsync( // an idle engine writes on the caller's thread
            (_, change) =>
            {
                change.Audit.Add(Sample.Audit());
                begun.Release();
                goOn.Wait();
                return 1;
            },
            cancelled.Token));
        await begun.WaitAsync();
        Task<int> second = store.WriteAsync(
            (_, change) =>
            {
                change.Audit.Add(Sample.Audit());
                return 2;
            },
            cancelled.Token);
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        goOn.Release();
        Assert.Equal(1, await first);
        await store.WriteAsync((_, _) => 0);
        Assert.Single(store.Read(reader => reader.ReadAudit(new AuditQuery())));
    }

    [Fact]
    public async Task Payload_bytes_are_discarded_at_once_unless_a_version_refers_to_them()
    {
        await using IVaultStore store = await OpenAsync();
        (ContentHash used, long length) = await store.StagePayloadAsync(new MemoryStream([1, 2, 3]));
        (ContentHash unused, _) = await store.StagePayloadAsync(new MemoryStream([4, 5]));
        Task discard = Task.CompletedTask;
        await store.WriteAsync((_, change) =>
        {
            change.Cubes.Add(new CubeWrite(Sample.Cube(CubeId.New(Clock), "") with { Payload = new StoredPayload(PayloadKind.Activation, used, length, "application/x-kv") }));
            discard = Task.Run(() => store.DiscardPayloadAsync(used)); // behind this write, or in its group
            return 0;
        });
        await discard;
        await store.DiscardPayloadAsync(unused);
        store.OpenPayload(used).Dispose();
        Assert.Equal((true, false), store.Read(reader => (reader.UsesPayload(used), reader.UsesPayload(unused))));
        Assert.Equal(ErrorCodes.Corrupted, Assert.Throws<MemOSException>(() => store.OpenPayload(unused)).Code);
    }

    [Fact]
    public async Task Payload_bytes_that_two_staged_stay_when_one_discards_them()
    {
        await using IVaultStore store = await OpenAsync();
        (ContentHash hash, long length) = await store.StagePayloadAsync(new MemoryStream([1, 2, 3]));
        Assert.Equal((hash, length), await store.StagePayloadAsync(new MemoryStream([1, 2, 3])));
        await store.DiscardPayloadAsync(hash);
        await AddAsync(store, "m1", Sample.Cube(CubeId.New(Clock), "") with { Payload = new StoredPayload(PayloadKind.Activation, hash, length, "application/x-kv") });
        store.OpenPayload(hash).Dispose();
        (ContentHash other, _) = await store.StagePayloadAsync(new MemoryStream([4]));
        await store.StagePayloadAsync(new MemoryStream([4]));
        await store.DiscardPayloadAsync(other);
        await store.DiscardPayloadAsync(other);
        Assert.Equal(ErrorCodes.Corrupted, Assert.Throws<MemOSException>(() => store.OpenPayload(other)).Code);
    }

    [Fact]
    public async Task Payload_bytes_are_kept_under_their_hash_while_a_version_refers_to_them()
    {
        byte[] bytes = [.. Enumerable.Range(0, 100_000).Select(i => (byte)(i * 7))];
        (ContentHash hash, long length) staged;
        await using (IVaultStore store = await OpenAsync())
        {
            staged = await store.StagePayloadAsync(new MemoryStream(bytes));
            Assert.Equal((ContentHash.Of(bytes), (long)bytes.Length), staged);
            (ContentHash unused, _) = await store.StagePayloadAsync(new MemoryStream([1, 2, 3]));
            await AddAsync(store, "m1", Sample.Cube(CubeId.New(Clock), "") with
            {
                Payload = new StoredPayload(PayloadKind.Activation, staged.hash, staged.length, "application/x-kv"),
            });
            await using Stream early = store.OpenPayload(unused);
            Assert.Equal(3, early.Length);
            Assert.Equal(staged, await store.StagePayloadAsync((path, cancel) => File.WriteAllBytesAsync(path, bytes, cancel)));
            await Assert.ThrowsAsync<InvalidDataException>(() => store.StagePayloadAsync((_, _) => throw new InvalidDataException()));
        }

        await using IVaultStore again = await OpenAsync();
        await using (Stream stream = again.OpenPayload(staged.hash))
        {
            Assert.Equal(staged.hash, ContentHash.FromDigest(await System.Security.Cryptography.SHA256.HashDataAsync(stream)));
        }

        MemOSException error = Assert.Throws<MemOSException>(() => again.OpenPayload(ContentHash.Of([1, 2, 3])));
        Assert.Equal(ErrorCodes.Corrupted, error.Code);
        Assert.IsType<StoredPayload>(again.Read(reader => reader.FindBySequence(1))?.Payload);
        Assert.Equal([1L], again.Read(reader => reader.ReadStored(PayloadKind.Activation).Select(cube => cube.Sequence).ToArray()));
        Assert.Empty(again.Read(reader => reader.ReadStored(PayloadKind.Parametric).ToArray()));
    }

    [Fact]
    public async Task Many_writers_and_readers_see_whole_changes_in_one_order()
    {
        await using IVaultStore store = await OpenAsync();
        CubeId counter = CubeId.New(Clock);
        await AddAsync(store, "start", Sample.Cube(counter, "0"));
        long last = 1;
        store.Committed = changes => Assert.All(changes, change => Assert.Equal(++last, change.Cubes[0].Cube.Sequence));
        int conflicts = 0;
        var done = new CancellationTokenSource();
        Task[] readers = [.. Enumerable.Range(0, 2).Select(_ => Task.Run(() =>
        {
            while (!done.IsCancellationRequested)
            {
                // Every change adds one message and one version: a torn view would count them apart.
                (long versions, long messages, MemCube? current) = store.Read(reader => (reader.LastSequence, reader.ReadMessages().LongCount(), reader.Find(counter)));
                Assert.Equal(versions, messages);
                Assert.Equal(versions, (long?)current?.Version);
            }
        }))];
        await Task.WhenAll(Enumerable.Range(0, 8).Select(writer => Task.Run(async () =>
        {
            for (int i = 0; i < 25;)
            {
                int version = store.Read(reader => reader.Find(counter)!.Version); // it is there from the start
                try
                {
                    await AddAsync(store, $"w{writer}-{i}", Sample.Cube(counter, $"{version}") with { Version = version + 1 });
                    i++;
                }
                catch (MemOSException error) when (error.Code == ErrorCodes.VersionConflict)
                {
                    Interlocked.Increment(ref conflicts);
                }
            }
        })));
        await done.CancelAsync();
        await Task.WhenAll(readers);
        Assert.Equal(201, store.Read(reader => reader.Find(counter)?.Version));
        Assert.Equal(201, last);
    }

    [Fact]
    public void Any_sequence_of_operations_gives_what_the_model_gives() =>
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(int.Parse(Environment.GetEnvironmentVariable("MEMOS_PROPERTY_CASES") ?? "40", CultureInfo.InvariantCulture)).WithEndSize(60),
            Prop.ForAll(ArbMap.Default.ArbFor<(byte Kind, byte A, byte B, byte C)[]>(), steps => Run(steps).GetAwaiter().GetResult()));

    private async Task Run((byte Kind, byte A, byte B, byte C)[] steps)
    {
        var id = new VaultId("model");
        Engine.Delete(id);
        var model = new ModelVault();
        var operations = new VaultSteps();
        var times = new List<DateTimeOffset>();
        IVaultStore store = await Engine.OpenAsync(id, create: true);
        try
        {
            foreach ((int place, (byte Kind, byte A, byte B, byte C) step) in steps.Index())
            {
                // A plan finds by other ways than a reader. What it was asked half-way is kept up while the rest is written.
                if (place == steps.Length / 2)
                {
                    await ComparePlanAsync(store, model, operations, times);
                }

                if (step is { Kind: > 250 })
                {
                    await store.DisposeAsync();
                    store = await Engine.OpenAsync(id, create: false);
                }

                Clock.Advance(TimeSpan.FromSeconds(step.C % 3 * 20));
                times.Add(await RunAsync(store, model, operations.Plan(step)));
            }

            DateTimeOffset[] asked = [.. times.Where((_, i) => i % 7 == 0), .. times.TakeLast(1)];
            store.Read(reader =>
            {
                model.Now = reader.Now;
                VaultComparison.Equal(model, reader, operations.Cubes, VaultSteps.Branches, asked);
                return 0;
            });
            await ComparePlanAsync(store, model, operations, asked);
        }
        finally
        {
            await store.DisposeAsync();
        }
    }

    private static Task<int> ComparePlanAsync(IVaultStore store, ModelVault model, VaultSteps operations, IReadOnlyCollection<DateTimeOffset> asked) =>
        store.WriteAsync((reader, _) =>
        {
            model.Now = reader.Now;
            VaultComparison.Equal(model, reader, operations.Cubes, VaultSteps.Branches, asked);
            return 0;
        });

    private static async Task<DateTimeOffset> RunAsync(IVaultStore store, ModelVault model, Action<IVaultReader, VaultChange> plan)
    {
        DateTimeOffset now = default;
        string? refusal = null;
        try
        {
            await store.WriteAsync((reader, change) =>
            {
                now = reader.Now;
                plan(reader, change);
                return 0;
            });
        }
        catch (MemOSException error)
        {
            refusal = error.Code;
        }

        string? expected = null;
        try
        {
            model.Write(plan, now);
        }
        catch (MemOSException error)
        {
            expected = error.Code;
        }

        Assert.Equal(expected, refusal);
        return now;
    }

    private Task<IVaultStore> OpenAsync() => Engine.OpenAsync(Id, create: true);

    private static Task<VaultChange> AddAsync(IVaultStore store, string message, MemCube cube) => store.WriteAsync((_, change) =>
    {
        change.Messages.Add(Sample.Message(message, "said"));
        change.Cubes.Add(new CubeWrite(cube));
        return change;
    });

    private static async Task AssertRefusedAsync(IVaultStore store, string code, Action<VaultChange> fill)
    {
        MemOSException error = await Assert.ThrowsAsync<MemOSException>(() => store.WriteAsync((_, change) =>
        {
            fill(change);
            return 0;
        }));
        Assert.Equal(code, error.Code);
    }
}
