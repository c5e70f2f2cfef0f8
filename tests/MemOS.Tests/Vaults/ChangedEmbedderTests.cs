using MemOS.Cubes;
using MemOS.Governance;
using MemOS.Models.BuiltIn;
using MemOS.Operator.Recall;
using MemOS.Reader;
using MemOS.Vaults;
using MemOS.Vaults.Sqlite;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Time.Testing;

namespace MemOS.Tests.Vaults;

/// <summary>A vault that was written with one embedder and is opened with another.</summary>
public sealed class ChangedEmbedderTests : IDisposable
{
    private static readonly string[] s_old = ["letters/3"];
    private static readonly string[] s_new = [WordNetEmbedder.Shared.Space];

    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 3, 1, 9, 0, 0, TimeSpan.Zero)) { AutoAdvanceAmount = TimeSpan.FromMilliseconds(1) };

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_vault_written_with_another_embedder_comes_to_be_found_by_the_vectors_of_the_new_one_alone()
    {
        await using (MemoryVault old = await OpenAsync(new LetterEmbedder()))
        {
            await old.AddAsync([Said("My new automobile is red."), Said("The soup was too salty.")]);
            await old.SettleAsync();
        }

        await using (MemoryVault changed = await OpenAsync(WordNetEmbedder.Shared))
        {
            await changed.AddAsync([Said("The physician prescribed rest.")]);
            await changed.SettleAsync();
            Assert.Equal(s_new, changed.Read(reader => reader.ReadSpaces()));
            Assert.Equal("My new automobile is red.", await LikestAsync(changed, "car"));
            Assert.Equal("The physician prescribed rest.", await LikestAsync(changed, "doctor"));
            Assert.Single(changed.Audit(new AuditQuery { Operation = AuditOperations.Reembed }));
            Assert.Equal(0, changed.Statistics().PendingJobs);
        }

        await using MemoryVault again = await OpenAsync(WordNetEmbedder.Shared);
        Assert.Equal("My new automobile is red.", await LikestAsync(again, "car"));
    }

    [Fact]
    public async Task Until_the_new_vectors_are_complete_questions_are_asked_in_the_old_space_and_a_new_memory_has_no_score_there()
    {
        await FillAsync(20);
        HeldEmbedder held = new();
        await using MemoryVault vault = await OpenAsync(held, [new LetterEmbedder()]);
        Task settled = vault.SettleAsync();
        await held.Reached;
        await vault.AddAsync([Said("zz new")]);
        RecallResult before = await vault.RecallAsync(new RecallQuery { Text = "zz new", Limit = 50 });
        Assert.All(before.Hits, hit => Assert.Equal(hit.Cube.Text != "zz new", hit.Breakdown.Vector > 0));
        Assert.Equal("zz new", before.Hits[0].Cube.Text);

        held.Release();
        await settled;
        RecallResult after = await vault.RecallAsync(new RecallQuery { Text = "zz new", Limit = 50 });
        Assert.All(after.Hits, hit => Assert.True(hit.Breakdown.Vector > 0));
        Assert.Equal([HeldEmbedder.Space], vault.Read(reader => reader.ReadSpaces()));
    }

    [Fact]
    public async Task Without_the_old_embedder_words_alone_are_searched_until_the_new_vectors_are_complete()
    {
        await FillAsync(20);
        HeldEmbedder held = new();
        await using MemoryVault vault = await OpenAsync(held);
        Task settled = vault.SettleAsync();
        await held.Reached;
        RecallResult before = await vault.RecallAsync(new RecallQuery { Text = "sentence 7" });
        Assert.Equal("This is sentence 7.", before.Hits[0].Cube.Text);
        Assert.All(before.Hits, hit => Assert.Equal(0, hit.Breakdown.Vector));
        held.Release();
        await settled;
        Assert.All((await vault.RecallAsync(new RecallQuery { Text = "sentence 7" })).Hits, hit => Assert.True(hit.Breakdown.Vector > 0));
    }

    [Fact]
    public async Task A_half_filled_index_is_not_saved_and_a_change_that_was_cut_off_goes_on_at_the_next_opening()
    {
        await FillAsync(900);
        string saved = Path.Combine(_folder.Path, "vaults", "v", "recall.index");
        byte[] old = await File.ReadAllBytesAsync(saved);
        HeldEmbedder held = new(batchesBefore: 5);
        await using (MemoryVault vault = await OpenAsync(held))
        {
            _ = vault.SettleAsync(); // ends with the vault
            await held.Reached;
            await vault.AddAsync([.. Enumerable.Range(0, 400).Select(i => Said($"Later sentence {i}."))]);
            Assert.Equal(2, vault.Read(reader => reader.ReadSpaces()).Count);
        }

        Assert.Equal(old, await File.ReadAllBytesAsync(saved));
        HeldEmbedder free = new(batchesBefore: int.MaxValue);
        string[] answers;
        await using (MemoryVault vault = await OpenAsync(free))
        {
            await vault.SettleAsync();
            Assert.True(free.Texts < 900, $"{free.Texts} texts were embedded again.");
            answers = await AnswersAsync(vault);
        }

        Assert.NotEqual(old, await File.ReadAllBytesAsync(saved));
        await using (MemoryVault vault = await OpenAsync(free))
        {
            Assert.Equal(answers, await AnswersAsync(vault));
        }

        File.Delete(saved);
        await using MemoryVault anew = await OpenAsync(free);
        Assert.Equal(answers, await AnswersAsync(anew));
    }

    [Fact]
    public async Task An_embedder_that_fails_is_asked_again_later_and_other_jobs_are_done_meanwhile()
    {
        await FillAsync(20);
        HeldEmbedder failing = new(batchesBefore: int.MaxValue) { Fails = true };
        await using MemoryVault vault = await OpenAsync(failing);
        await vault.SettleAsync();
        Assert.Equal(s_old, vault.Read(reader => reader.ReadSpaces()));
        Assert.Equal((1, 0), (vault.Statistics().PendingJobs, vault.Statistics().DeadJobs));
        failing.Fails = false;
        _clock.Advance(TimeSpan.FromMinutes(10));
        await vault.SettleAsync();
        Assert.Equal([HeldEmbedder.Space], vault.Read(reader => reader.ReadSpaces()));
        Assert.Equal(0, vault.Statistics().PendingJobs);
    }

    [Fact]
    public async Task A_visit_with_another_embedder_leaves_the_space_and_the_gaps_of_the_visit_are_filled_afterwards()
    {
        await FillAsync(20);
        await using (MemoryVault visit = await OpenAsync(WordNetEmbedder.Shared, reembed: false))
        {
            await visit.AddAsync([Said("My automobile is red.")]);
            await visit.SettleAsync();
            Assert.Equal(2, visit.Read(reader => reader.ReadSpaces()).Count);
        }

        await using MemoryVault home = await OpenAsync(new LetterEmbedder());
        await home.SettleAsync();
        Assert.Equal(s_old, home.Read(reader => reader.ReadSpaces()));
        RecallHit found = (await home.RecallAsync(new RecallQuery { Text = "automobile" })).Hits[0];
        Assert.Equal(("My automobile is red.", true), (found.Cube.Text, found.Breakdown.Vector > 0));
    }

    [Fact]
    public async Task Former_versions_and_branches_get_new_vectors_too_and_what_was_forgotten_meanwhile_gets_none()
    {
        CubeId gone;
        DateTimeOffset then;
        await using (MemoryVault old = await OpenAsync(new LetterEmbedder()))
        {
            MemCube cube = (await old.AddAsync([Said("I live in Oslo.")]))[0].Cubes[0];
            gone = (await old.AddAsync([Said("My secret is a pagoda.")]))[0].Cubes[0].Id;
            await old.SettleAsync();
            then = _clock.GetUtcNow();
            await old.UpdateAsync(cube.Id, new CubeUpdate { Text = "I live in Bergen." });
            await old.OpenBranchAsync(new BranchName("draft"));
            await old.UpdateAsync(cube.Id, new CubeUpdate { Text = "I live in Rome." }, branch: new BranchName("draft"));
        }

        HeldEmbedder held = new();
        await using MemoryVault vault = await OpenAsync(held);
        Task settled = vault.SettleAsync();
        await held.Reached;
        await vault.ForgetAsync(new ForgetScope { Cubes = [gone] });
        held.Release();
        await settled;
        Assert.Empty(vault.Read(reader => reader.ReadWithoutVector(HeldEmbedder.Space).Select(version => version.Text).ToArray()));
        RecallResult past = await vault.RecallAsync(new RecallQuery { Text = "Where do I live?", AsOf = then });
        Assert.Contains(past.Hits, hit => hit.Cube.Text == "I live in Oslo." && hit.Breakdown.Vector > 0);
    }

    private static Message Said(string text) => new() { Id = "", Speaker = "Ann", Text = text, Time = new DateTimeOffset(2026, 3, 1, 9, 0, 0, TimeSpan.Zero) };

    private static async Task<string?> LikestAsync(MemoryVault vault, string question)
    {
        RecallHit likest = (await vault.RecallAsync(new RecallQuery { Text = question })).Hits.MaxBy(hit => hit.Breakdown.Vector)!;
        Assert.True(likest.Breakdown.Vector > 0);
        return likest.Cube.Text;
    }

    private static async Task<string[]> AnswersAsync(MemoryVault vault) =>
    [
        .. (await vault.RecallAsync(new RecallQuery { Text = "sentence 17", Limit = 40 })).Hits.Select(hit => $"{hit.Cube.Text} {hit.Score:F3} {hit.Breakdown.Vector:F3}"),
    ];

    private async Task FillAsync(int messages)
    {
        await using MemoryVault old = await OpenAsync(new LetterEmbedder());
        await old.AddAsync([.. Enumerable.Range(0, messages).Select(i => Said($"This is sentence {i}."))]);
        await old.SettleAsync();
    }

    private async Task<MemoryVault> OpenAsync(
        IEmbeddingGenerator<string, Embedding<float>> embedder, IReadOnlyList<IEmbeddingGenerator<string, Embedding<float>>>? former = null, bool reembed = true) =>
        await MemoryVault.OpenAsync(
            await new SqliteVaultEngine(_folder.Path, null, _clock).OpenAsync(new VaultId("v"), create: true),
            new MemoryVaultOptions { Embedder = embedder, FormerEmbedders = former ?? [], Reembed = reembed, Clock = _clock });

    private sealed class LetterEmbedder : IEmbeddingGenerator<string, Embedding<float>>
    {
        public Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
            IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default) =>
            Task.FromResult(new GeneratedEmbeddings<Embedding<float>>(values.Select(value => new Embedding<float>(new float[] { value.Length, value[0], 1 }))));

        public object? GetService(Type serviceType, object? serviceKey = null) =>
            serviceType == typeof(EmbeddingGeneratorMetadata) ? new EmbeddingGeneratorMetadata("test", null, "letters", 3) : null;

        public void Dispose()
        {
        }
    }

    /// <summary>An embedder that answers single texts at once, and stops before some batch until it is let go.</summary>
    private sealed class HeldEmbedder(int batchesBefore = 0) : IEmbeddingGenerator<string, Embedding<float>>
    {
        public const string Space = "held/4";

        private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _batches;
        private int _texts;

        public bool Fails { get; set; }

        public int Texts => _texts;

        public Task Reached => _reached.Task;

        public void Release() => _released.TrySetResult();

        public async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
            IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
        {
            string[] texts = [.. values];
            bool ofTheVault = texts.Any(text => text.StartsWith("This is", StringComparison.Ordinal) || text.StartsWith("I live", StringComparison.Ordinal));
            if (ofTheVault && Fails)
            {
                throw new HttpRequestException("away");
            }

            if (ofTheVault && _batches++ >= batchesBefore)
            {
                _reached.TrySetResult();
                await _released.Task.WaitAsync(cancellationToken);
            }

            Interlocked.Add(ref _texts, texts.Length);
            return [.. texts.Select(text => new Embedding<float>(new float[] { text.Length, text[^1], text[0], 1 }))];
        }

        public object? GetService(Type serviceType, object? serviceKey = null) =>
            serviceType == typeof(EmbeddingGeneratorMetadata) ? new EmbeddingGeneratorMetadata("test", null, "held", 4) : null;

        public void Dispose()
        {
        }
    }
}
