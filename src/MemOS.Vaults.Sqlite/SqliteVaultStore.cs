using MemOS.Cubes;
using Microsoft.Extensions.Logging;
using Microsoft.Win32.SafeHandles;

namespace MemOS.Vaults.Sqlite;

/// <summary>One open vault.</summary>
internal sealed class SqliteVaultStore : IVaultStore
{
    private readonly VaultFolder _folder;
    private readonly VaultLock _lock;
    private readonly PayloadFiles _payloads;
    private readonly IndexFile _index;
    private readonly ReaderPool _readers;
    private readonly VaultWriter _writer;
    private readonly ILogger _logger;
    private bool _sealed;
    private int _disposed;

    public SqliteVaultStore(
        VaultId id, VaultFolder folder, VaultLock @lock, bool isSealed, bool isNew, PayloadFiles payloads, SqliteVaultOptions options, TimeProvider clock,
        ILogger logger)
    {
        (Id, _folder, _lock, _sealed, _payloads, _logger) = (id, folder, @lock, isSealed, payloads, logger);
        _index = new IndexFile(folder);
        WriterSession session = VaultOpening.OpenSession(id, folder, payloads, _index, isSealed || isNew, BreakSeal, options, clock, logger);
        _readers = new ReaderPool(folder, options, clock);
        _writer = new VaultWriter(
            id, session, () => new WriterSession(Database.OpenWriter(folder.DatabaseFile, options), folder, payloads, _index, options), BreakSeal, options, clock, logger);
    }

    public VaultId Id { get; }

    public Action? Committing
    {
        get => _writer.Committing;
        set => _writer.Committing = value;
    }

    public Action<IReadOnlyList<VaultChange>>? Committed
    {
        get => _writer.Committed;
        set => _writer.Committed = value;
    }

    public Task<T> WriteAsync<T>(Func<IVaultReader, VaultChange, T> plan, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return _writer.WriteAsync(plan, cancellationToken);
    }

    public T Read<T>(Func<IVaultReader, T> read)
    {
        ArgumentNullException.ThrowIfNull(read);
        return _readers.Read(read);
    }

    public Task<(ContentHash Hash, long Length)> StagePayloadAsync(Stream content, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(content);
        return _payloads.StageAsync(content, cancellationToken);
    }

    public Task<(ContentHash Hash, long Length)> StagePayloadAsync(Func<string, CancellationToken, Task> write, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(write);
        return _payloads.StageAsync(write, cancellationToken);
    }

    // In the writer's turn, so that no version comes to refer to it meanwhile.
    public Task DiscardPayloadAsync(ContentHash hash) => _writer.WriteAsync(
        (reader, _) =>
        {
            if (!reader.UsesPayload(hash))
            {
                _payloads.Discard(hash);
            }

            return 0;
        },
        CancellationToken.None);

    public Stream OpenPayload(ContentHash hash) => _payloads.Open(hash);

    public long IndexGeneration => _index.Generation;

    public SafeFileHandle? OpenIndex() => _index.Open();

    public bool SaveIndex(long generation, Action<Stream> write)
    {
        ArgumentNullException.ThrowIfNull(write);
        return _index.Save(generation, write);
    }

    public IReadOnlyList<string> Verify() => _readers.ReadFile(database => new VaultVerification(database, _payloads).Run());

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
        {
            return;
        }

        // Readers go first: the last connection to close is the writer's, which may empty and remove the log.
        _readers.Dispose();
        try
        {
            await _writer.CloseAsync().ConfigureAwait(false);
            PutSeal();
        }
        finally
        {
            _lock.Dispose();
        }
    }

    // By the one who writes, before each commit; by an opening that has something to change.
    private void BreakSeal()
    {
        if (!_sealed)
        {
            return;
        }

        try
        {
            VaultSeal.Break(_folder);
            _sealed = false;
        }
        catch (IOException error)
        {
            throw SqliteErrors.From(error, _folder.SealFile);
        }
        catch (UnauthorizedAccessException error)
        {
            throw SqliteErrors.From(error, _folder.SealFile);
        }
    }

    private void PutSeal()
    {
        if (_sealed)
        {
            return;
        }

        try
        {
            if (File.Exists(_folder.LogFile) && new FileInfo(_folder.LogFile).Length > 0)
            {
                throw new IOException("The write-ahead log was not emptied: a read was still running.");
            }

            VaultSeal.Put(_folder);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            VaultLog.SealFailed(_logger, error, Id);
        }
    }
}
