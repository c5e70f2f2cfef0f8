using System.Collections.Concurrent;
using MemOS.Cubes;
using MemOS.Vaults;
using MemOS.Vaults.Sqlite;
using Microsoft.Win32.SafeHandles;

namespace MemOS.Testing.Vaults;

/// <summary>The embedded engine with a count of what is open, a gate that openings wait at, and tests that come in between.</summary>
public sealed class WatchedEngine(string folder) : IVaultEngine
{
    private readonly SqliteVaultEngine _inner = new(folder, null, TimeProvider.System);
    private int _open;
    private int _most;
    private int _openings;

    /// <summary>Openings wait until this is done.</summary>
    public Task Gate { get; set; } = Task.CompletedTask;

    /// <summary>How many stores are open now.</summary>
    public int Open => Volatile.Read(ref _open);

    /// <summary>The most stores that were open at a time.</summary>
    public int MostOpen => Volatile.Read(ref _most);

    /// <summary>How often a store was opened.</summary>
    public int Openings => Volatile.Read(ref _openings);

    /// <summary>Vaults that were opened while they were open.</summary>
    public ConcurrentBag<VaultId> OpenedTwice { get; } = [];

    /// <summary>Called when the bytes of a cube are asked for; what it throws is thrown.</summary>
    public Action<VaultId>? OpeningPayload { get; set; }

    /// <summary>Called before each read; what it throws is thrown.</summary>
    public Action<VaultId>? Reading { get; set; }

    /// <summary>Awaited before each write.</summary>
    public Func<Task>? Writing { get; set; }

    /// <summary>Awaited after each write, before who wrote hears of it.</summary>
    public Func<Task>? Written { get; set; }

    private ConcurrentDictionary<VaultId, bool> Held { get; } = new();

    public async Task<IVaultStore> OpenAsync(VaultId id, bool create, CancellationToken cancellationToken = default)
    {
        await Gate.WaitAsync(cancellationToken);
        if (!Held.TryAdd(id, true))
        {
            OpenedTwice.Add(id);
        }

        try
        {
            IVaultStore store = await _inner.OpenAsync(id, create, cancellationToken);
            Interlocked.Increment(ref _openings);
            int open = Interlocked.Increment(ref _open);
            InterlockedMax(ref _most, open);
            return new WatchedStore(store, this);
        }
        catch
        {
            Held.TryRemove(id, out _);
            throw;
        }
    }

    public bool Exists(VaultId id) => _inner.Exists(id);

    public IReadOnlyList<VaultId> List() => _inner.List();

    public bool Delete(VaultId id) => _inner.Delete(id);

    private static void InterlockedMax(ref int target, int value)
    {
        int seen;
        while (value > (seen = Volatile.Read(ref target)) && Interlocked.CompareExchange(ref target, value, seen) != seen)
        {
        }
    }

    private sealed class WatchedStore(IVaultStore inner, WatchedEngine engine) : IVaultStore
    {
        public VaultId Id => inner.Id;

        public Action? Committing
        {
            get => inner.Committing;
            set => inner.Committing = value;
        }

        public Action<IReadOnlyList<VaultChange>>? Committed
        {
            get => inner.Committed;
            set => inner.Committed = value;
        }

        public async Task<T> WriteAsync<T>(Func<IVaultReader, VaultChange, T> plan, CancellationToken cancellationToken = default)
        {
            await (engine.Writing?.Invoke() ?? Task.CompletedTask);
            T planned = await inner.WriteAsync(plan, cancellationToken);
            await (engine.Written?.Invoke() ?? Task.CompletedTask);
            return planned;
        }

        public T Read<T>(Func<IVaultReader, T> read)
        {
            engine.Reading?.Invoke(Id);
            return inner.Read(read);
        }

        public Task<(ContentHash Hash, long Length)> StagePayloadAsync(Stream content, CancellationToken cancellationToken = default) =>
            inner.StagePayloadAsync(content, cancellationToken);

        public Task<(ContentHash Hash, long Length)> StagePayloadAsync(Func<string, CancellationToken, Task> write, CancellationToken cancellationToken = default) =>
            inner.StagePayloadAsync(write, cancellationToken);

        public Task DiscardPayloadAsync(ContentHash hash) => inner.DiscardPayloadAsync(hash);

        public Stream OpenPayload(ContentHash hash)
        {
            engine.OpeningPayload?.Invoke(Id);
            return inner.OpenPayload(hash);
        }

        public long IndexGeneration => inner.IndexGeneration;

        public SafeFileHandle? OpenIndex() => inner.OpenIndex();

        public bool SaveIndex(long generation, Action<Stream> write) => inner.SaveIndex(generation, write);

        public IReadOnlyList<string> Verify() => inner.Verify();

        public async ValueTask DisposeAsync()
        {
            await inner.DisposeAsync();
            Interlocked.Decrement(ref engine._open);
            engine.Held.TryRemove(Id, out _);
        }
    }
}
