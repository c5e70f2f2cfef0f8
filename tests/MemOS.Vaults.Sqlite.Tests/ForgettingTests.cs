using System.Collections.Immutable;
using System.Text;
using MemOS.Cubes;
using MemOS.Reader;
using MemOS.Testing.Vaults;
using Xunit;

namespace MemOS.Vaults.Sqlite.Tests;

/// <summary>After a forget was acknowledged no byte of the content is in any file of the vault.</summary>
public sealed class ForgettingTests : IDisposable
{
    [Fact]
    public async Task A_proof_owed_by_a_sealed_vault_is_given_at_its_next_opening_and_it_opens_again_after_that()
    {
        await using (IVaultStore store = await OpenAsync())
        {
            await AddAsync(store, "one", "A sentence that stays.", "common");
        }

        using (Database database = Database.OpenWriter(Vault.DatabaseFile, new SqliteVaultOptions()))
        {
            ForgettingProof.MarkPending(database);
            database.TruncateLog();
        }

        VaultSeal.Put(Vault);
        for (int opening = 0; opening < 2; opening++)
        {
            await using IVaultStore store = await OpenAsync();
            Assert.Equal(1, store.Read(reader => reader.LastMessageNumber));
        }

        using Database after = Database.OpenWriter(Vault.DatabaseFile, new SqliteVaultOptions());
        Assert.False(ForgettingProof.IsPending(after));
    }

    private const string Id = "forget";
    private readonly TemporaryFolder _folder = new();

    private VaultFolder Vault => _folder.Vault(Id);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Every_kind_of_content_is_gone_from_every_file()
    {
        await using IVaultStore store = await OpenAsync();
        for (int i = 0; i < 300; i++)
        {
            await AddAsync(store, $"other-{i}", $"An ordinary sentence number {i} that stays.", "common");
        }

        CubeId id = new(Guid.Parse("01900000-0000-7000-8000-000000000001"));
        byte[] payload = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("CANARY-payload-bytes ", 5000)));
        (ContentHash hash, long length) = await store.StagePayloadAsync(new MemoryStream(payload));
        await store.WriteAsync((reader, change) =>
        {
            change.Messages.Add(Canary(reader.LastMessageNumber + 1));
            change.Cubes.Add(new CubeWrite(CanaryCube(id), new CubeVector("s", new float[] { 1, 2, 3 })));
            change.Cubes.Add(new CubeWrite(CanaryCube(id) with { Version = 2, Payload = new StoredPayload(PayloadKind.Activation, hash, length, "CANARY-format") }));
            change.Usage.Add(new UsageDelta(id, 1, reader.Now, TimeSpan.FromDays(1)));
            return 0;
        });
        await store.WriteAsync((_, change) =>
        {
            change.NewBranches.Add(new BranchName("b"));
            change.Cubes.Add(new CubeWrite(CanaryCube(id) with { Version = 3, Branch = new BranchName("b"), Payload = new PlaintextPayload("CANARY on the branch") }));
            return 0;
        });
        for (int i = 0; i < 100; i++)
        {
            await AddAsync(store, $"later-{i}", $"A later sentence number {i} that stays.", "common");
        }

        Assert.NotEmpty(FilesWith("CANARY"));
        Assert.NotEmpty(FilesWith("canariñé"));
        long message = store.Read(reader => reader.FindMessage("CANARY-message-id", "CANARY-conversation")!.Number); // it was just written
        await store.WriteAsync((_, change) =>
        {
            change.ForgottenCubes.Add(id);
            change.ForgottenMessages.Add(message);
            change.Audit.Add(Sample.Audit("forget", id));
            return 0;
        });

        Assert.Empty(FilesWith("CANARY"));
        Assert.Empty(FilesWith("canariñé"));
        Assert.Empty(Directory.EnumerateFiles(_folder.Vault(Id).Payloads, "*", SearchOption.AllDirectories));
        Assert.Equal(400, store.Read(reader => reader.Statistics().Cubes));
        Assert.Single(store.Read(reader => reader.ReadAudit(new Governance.AuditQuery { Cube = id })));
        Assert.Empty(store.Verify());
    }

    [Fact]
    public async Task Forgetting_holds_its_promise_while_others_read_and_write()
    {
        await using IVaultStore store = await OpenAsync();
        using var done = new CancellationTokenSource();
        var found = new List<string>();
        Task reading = Task.Run(() =>
        {
            while (!done.IsCancellationRequested)
            {
                store.Read(reader => reader.ReadCurrent().Count());
            }
        });
        Task writing = Task.Run(async () =>
        {
            for (int i = 0; !done.IsCancellationRequested; i++)
            {
                await AddAsync(store, $"w{i}", $"Written beside, number {i}, with some more words.", "beside");
            }
        });
        for (int i = 0; i < 20 && !reading.IsCompleted && !writing.IsCompleted; i++)
        {
            string text = $"CANARY number {i:000} " + new string((char)('a' + i), 200 * i);
            (CubeId id, long number) = await AddAsync(store, $"canary-{i}", text, "common");
            await store.WriteAsync((reader, change) =>
            {
                MemCube current = reader.Find(id)!; // it was just written
                change.Cubes.Add(new CubeWrite(current with { Version = 2, Payload = new PlaintextPayload(text + " changed") }));
                return 0;
            });
            await store.WriteAsync((_, change) =>
            {
                change.ForgottenCubes.Add(id);
                change.ForgottenMessages.Add(number);
                return 0;
            });
            found.AddRange(FilesWith($"CANARY number {i:000}"));
        }

        await done.CancelAsync();
        Assert.Empty(found);
        await Task.WhenAll(reading, writing);
        Assert.Empty(store.Verify());
    }

    [Fact]
    public async Task Words_that_others_said_too_do_not_stand_in_the_way()
    {
        await using IVaultStore store = await OpenAsync();
        const string Text = "We both say these very same words every single day of the year.";
        (CubeId first, long number) = await AddAsync(store, "a", Text, "common");
        (CubeId second, _) = await AddAsync(store, "b", Text, "common");
        await store.WriteAsync((_, change) =>
        {
            change.ForgottenCubes.Add(first);
            change.ForgottenMessages.Add(number);
            return 0;
        });
        Assert.Equal(Text, store.Read(reader => reader.Find(second)?.Text));
    }

    [Fact]
    public async Task Copies_in_unused_space_are_found_and_removed()
    {
        await using (IVaultStore store = await OpenAsync())
        {
            (CubeId id, long number) = await AddAsync(store, "a", "CANARY in a row that was moved by hand", "common");
            await store.WriteAsync((_, change) =>
            {
                change.Audit.Add(Sample.Audit());
                return 0;
            });
            await store.DisposeAsync();
            LeaveInUnusedSpace("CANARY in a row that was moved by hand");
            await using IVaultStore again = await OpenAsync();
            await again.WriteAsync((_, change) =>
            {
                change.ForgottenCubes.Add(id);
                change.ForgottenMessages.Add(number);
                return 0;
            });
            Assert.Empty(FilesWith("CANARY"));
        }
    }

    [Fact]
    public async Task A_proof_that_a_dead_process_owed_is_given_at_the_next_opening()
    {
        await using (IVaultStore store = await OpenAsync())
        {
            await AddAsync(store, "a", "Something that stays.", "common");
        }

        using (Database database = Database.OpenWriter(_folder.Vault(Id).DatabaseFile, new SqliteVaultOptions()))
        {
            ForgettingProof.MarkPending(database);
        }

        File.Delete(_folder.Vault(Id).SealFile);
        LeaveInUnusedSpace("CANARY that nobody remembers");
        Assert.NotEmpty(FilesWith("CANARY"));
        await using IVaultStore again = await OpenAsync();
        Assert.Empty(FilesWith("CANARY"));
        Assert.Equal(1, again.Read(reader => reader.Statistics().Cubes));
    }

    [Fact]
    public void The_search_finds_any_long_run_and_no_short_one()
    {
        var search = new ResidueSearch();
        byte[] content = [.. Enumerable.Range(0, 1000).Select(i => (byte)((i * i) + (i >> 3)))];
        search.Add(content);
        search.Add("a short secret"u8);
        for (int start = 0; start + 24 <= content.Length; start++)
        {
            Assert.True(Found([1, 2, 3, .. content.AsSpan(start, 24), 9]), $"at {start}");
        }

        Assert.True(Found("xxxa short secretxxx"u8));
        Assert.False(Found("xxxa short secre"u8));
        Assert.False(Found(content.AsSpan(500, 20)));
        Assert.False(Found(new byte[5000]));

        bool Found(ReadOnlySpan<byte> data)
        {
            var marks = new System.Collections.BitArray(search.Length);
            search.Mark(data, marks);
            return marks.HasAnySet();
        }
    }

    // Page splits leave copies of rows in the unused part of a page, where no query sees them.
    private void LeaveInUnusedSpace(string text)
    {
        string path = _folder.Vault(Id).DatabaseFile;
        byte[] file = File.ReadAllBytes(path);
        byte[] residue = Encoding.UTF8.GetBytes(text);
        int page = Enumerable.Range(1, (file.Length / 4096) - 1).First(i =>
            file[i * 4096] == 13 && file.AsSpan((i * 4096) + 1024, 1024).IndexOfAnyExcept((byte)0) < 0);
        residue.CopyTo(file, (page * 4096) + 1200);
        File.WriteAllBytes(path, file);
        File.Delete(_folder.Vault(Id).SealFile);
    }

    private static Message Canary(long number) => new()
    {
        Id = "CANARY-message-id",
        Number = number,
        Conversation = "CANARY-conversation",
        Speaker = "CANARY-speaker",
        Text = "CANARY \"quoted\" text with canariñé words",
        Time = Sample.Noon,
        Attachments = [new MessageAttachment("image", "CANARY-reference", "CANARY \"caption\"")],
        ToolCalls = [new ToolCall("CANARY-call", "CANARY-tool", """{"CANARY":"arguments"}""")],
        ToolCallId = "CANARY-call-id",
        Tags = ["CANARY-tag"],
        Info = ImmutableSortedDictionary<string, string>.Empty.Add("CANARY-key", "\"CANARY-value\""),
    };

    private static MemCube CanaryCube(CubeId id)
    {
        MemCube cube = Sample.Cube(id, "CANARY \"quoted\" text with canariñé words", new MessageSource("CANARY-message-id", "CANARY-conversation", 0, 0, 3));
        return cube with
        {
            Descriptive = cube.Descriptive with
            {
                Speaker = "CANARY-speaker",
                Context = "CANARY-conversation",
                FactKey = "CANARY/fact",
                Model = "CANARY-model",
                Entities = ["CANARY-entity"],
                Tags = ["CANARY-tag"],
                Info = ImmutableSortedDictionary<string, string>.Empty.Add("CANARY-key", "\"CANARY-value\""),
            },
            Governance = new GovernanceHeader { Watermark = "CANARY-watermark" },
            Lineage = [new Derivation(DerivationKind.Merged, id, 1, "CANARY-note")],
        };
    }

    private static Task<(CubeId Id, long Number)> AddAsync(IVaultStore store, string message, string text, string conversation) => store.WriteAsync((reader, change) =>
    {
        CubeId id = new(Guid.CreateVersion7(reader.Now));
        change.Messages.Add(Sample.Message(message, text, conversation));
        change.Cubes.Add(new CubeWrite(Sample.Cube(id, text, new MessageSource(message, conversation, 0, 0, text.Length))));
        return (id, reader.LastMessageNumber + 1);
    });

    private string[] FilesWith(string text) =>
    [
        .. Directory.EnumerateFiles(_folder.Path, "*", SearchOption.AllDirectories).Where(path =>
        {
            if (path.EndsWith(".lock", StringComparison.Ordinal))
            {
                return false;
            }

            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var copy = new MemoryStream();
            file.CopyTo(copy);
            return copy.GetBuffer().AsSpan(0, (int)copy.Length).IndexOf(Encoding.UTF8.GetBytes(text)) >= 0;
        }),
    ];

    private Task<IVaultStore> OpenAsync() => new SqliteVaultEngine(_folder.Path, null, TimeProvider.System).OpenAsync(new VaultId(Id), create: true);
}
