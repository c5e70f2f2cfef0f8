using MemOS.Cubes;
using MemOS.Models.BuiltIn;
using MemOS.Operator.Recall;
using MemOS.Reader;
using MemOS.Vaults;
using MemOS.Vaults.Sqlite;
using Microsoft.Win32.SafeHandles;
using Xunit;

namespace MemOS.Tests.Vaults;

/// <summary>What is acknowledged is found, also when the index could not take the commit.</summary>
public sealed class StaleIndexTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_commit_that_the_index_cannot_take_is_found_by_the_next_recall_all_the_same()
    {
        var store = new SpoiltCommits(await new SqliteVaultEngine(_folder.Path, null, TimeProvider.System).OpenAsync(new VaultId("v"), create: true));
        await using MemoryVault vault = await MemoryVault.OpenAsync(store, new MemoryVaultOptions { Embedder = WordNetEmbedder.Shared });
        await AddAsync(vault, "The ferry to Bergen leaves at noon.");
        store.Spoil = true;
        await AddAsync(vault, "The tram to Graz leaves at one.");
        store.Spoil = false;
        await AddAsync(vault, "The coach to Linz leaves at two.");
        Assert.Equal("The tram to Graz leaves at one.", await FirstAsync(vault, "When does the tram to Graz leave?"));
        await AddAsync(vault, "The plane to Porto leaves at three.");
        Assert.Equal("The coach to Linz leaves at two.", await FirstAsync(vault, "When does the coach to Linz leave?"));
        Assert.Equal("The plane to Porto leaves at three.", await FirstAsync(vault, "When does the plane to Porto leave?"));
    }

    [Fact]
    public async Task What_is_added_in_a_large_batch_is_found_at_once_and_what_is_forgotten_is_not()
    {
        await using MemoryVault vault = await MemoryVault.OpenAsync(
            await new SqliteVaultEngine(_folder.Path, null, TimeProvider.System).OpenAsync(new VaultId("v"), create: true), new MemoryVaultOptions { Embedder = WordNetEmbedder.Shared });
        for (int batch = 0; batch < 10; batch++)
        {
            string[] texts = [.. Enumerable.Range(0, 120).Select(i => $"Parcel number {(batch * 1000) + i} waits in hall {i}.")];
            var added = await vault.AddAsync([.. texts.Select(Said)]);
            string last = texts[^1];
            Assert.Equal(last, await FirstAsync(vault, last));
            await vault.ForgetAsync(new Governance.ForgetScope { Cubes = [added[^1].Cubes[0].Id] });
            Assert.NotEqual(last, await FirstAsync(vault, last));
        }
    }

    private static Message Said(string text) => new() { Id = "", Speaker = "Ann", Text = text, Time = DateTimeOffset.UnixEpoch };

    private static async Task AddAsync(MemoryVault vault, string text) => await vault.AddAsync([Said(text)]);

    private static async Task<string?> FirstAsync(MemoryVault vault, string question) =>
        (await vault.RecallAsync(new RecallQuery { Text = question })).Hits.FirstOrDefault()?.Cube.Text;

    /// <summary>The embedded engine, which hands its observer a version that no index can take.</summary>
    private sealed class SpoiltCommits(IVaultStore inner) : IVaultStore
    {
        public bool Spoil { get; set; }

        public VaultId Id => inner.Id;

        public Action? Committing
        {
            get => inner.Committing;
            set => inner.Committing = value;
        }

        public Action<IReadOnlyList<VaultChange>>? Committed
        {
            get => inner.Committed;
            set => inner.Committed = changes => value?.Invoke(Spoil ? [Spoilt()] : [.. changes]);
        }

        public Task<T> WriteAsync<T>(Func<IVaultReader, VaultChange, T> plan, CancellationToken cancellationToken = default) => inner.WriteAsync(plan, cancellationToken);

        public T Read<T>(Func<IVaultReader, T> read) => inner.Read(read);

        public Task<(ContentHash Hash, long Length)> StagePayloadAsync(Stream content, CancellationToken cancellationToken = default) =>
            inner.StagePayloadAsync(content, cancellationToken);

        public Task<(ContentHash Hash, long Length)> StagePayloadAsync(Func<string, CancellationToken, Task> write, CancellationToken cancellationToken = default) =>
            inner.StagePayloadAsync(write, cancellationToken);

        public Task DiscardPayloadAsync(ContentHash hash) => inner.DiscardPayloadAsync(hash);

        public Stream OpenPayload(ContentHash hash) => inner.OpenPayload(hash);

        public IReadOnlyList<string> Verify() => inner.Verify();

        public long IndexGeneration => inner.IndexGeneration;

        public SafeFileHandle? OpenIndex() => inner.OpenIndex();

        public bool SaveIndex(long generation, Action<Stream> write) => inner.SaveIndex(generation, write);

        public ValueTask DisposeAsync() => inner.DisposeAsync();

        private static VaultChange Spoilt()
        {
            var change = new VaultChange();
            change.Cubes.Add(new CubeWrite(null!)); // what no caller can make: a defect
            return change;
        }
    }
}
