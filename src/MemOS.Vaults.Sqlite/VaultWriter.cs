using System.Diagnostics;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace MemOS.Vaults.Sqlite;

/// <summary>
/// The one writer of a vault: whoever has the turn of its <see cref="WriteQueue"/> commits for all who wait. While a commit waits for the disk the queue
/// fills, and the next group takes all of it, so that concurrent callers share the wait.
/// </summary>
internal sealed class VaultWriter
{
    private readonly WriteQueue _queue;
    private readonly VaultId _id;
    private readonly SqliteVaultOptions _options;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private readonly Func<WriterSession> _open;
    private readonly Action _beforeFirstCommit;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly GroupGathering _gathering = new();
    private readonly List<WriteRequest> _group = [];
    private readonly List<VaultChange> _committed = [];
    private WriterSession? _session;

    /// <summary>Makes a writer.</summary>
    /// <param name="id">The vault, for messages.</param>
    /// <param name="session">The open connection.</param>
    /// <param name="open">Opens it again after a failed commit.</param>
    /// <param name="beforeCommit">Called before each commit; may fail it.</param>
    /// <param name="options">Bounds of the queue and of a group.</param>
    /// <param name="clock">For transaction times.</param>
    /// <param name="logger">For failures that no caller sees in full.</param>
    public VaultWriter(
        VaultId id, WriterSession session, Func<WriterSession> open, Action beforeCommit, SqliteVaultOptions options, TimeProvider clock, ILogger logger)
    {
        (_id, _session, _open, _beforeFirstCommit, _options, _clock, _logger) = (id, session, open, beforeCommit, options, clock, logger);
        _queue = new WriteQueue(options.QueueCapacity, RunTurn, Close, () => _session is { Log.IsDue: true }, Care);
    }

    /// <inheritdoc cref="IVaultStore.Committed"/>
    public Action<IReadOnlyList<VaultChange>>? Committed { get; set; }

    /// <inheritdoc cref="IVaultStore.Committing"/>
    public Action? Committing { get; set; }

    public Task<T> WriteAsync<T>(Func<IVaultReader, VaultChange, T> plan, CancellationToken cancellationToken)
    {
        var request = new WriteRequest<T>(plan);
        if (cancellationToken.CanBeCanceled || !_queue.TryAdd(request))
        {
            return WaitAsync(request, cancellationToken);
        }

        _queue.Serve(request);
        return request.Task;
    }

    /// <summary>Carries out what is queued, closes the connection.</summary>
    public Task CloseAsync()
    {
        _queue.Close();
        return _ended.Task;
    }

    private async Task<T> WaitAsync<T>(WriteRequest<T> request, CancellationToken cancellationToken)
    {
        try
        {
            await _queue.AddAsync(request, cancellationToken).ConfigureAwait(false);
        }
        catch (ChannelClosedException)
        {
            throw new ObjectDisposedException(nameof(IVaultStore), $"The vault '{_id}' is closed.");
        }

        using CancellationTokenRegistration giveUp = cancellationToken.Register(() => request.Cancel(cancellationToken));
        _queue.Serve(request);
        return await request.Task.ConfigureAwait(false);
    }

    private void RunTurn()
    {
        try
        {
            RunGroup();
        }
        catch (Exception error)
        {
            // A defect, not a storage error: nobody is left waiting.
            _queue.Close(error);
            _group.ForEach(request => request.Fail(error));
            while (_queue.TryTake(out WriteRequest? request))
            {
                request.Fail(error);
            }

            DropSession();
            _ended.TrySetException(error);
        }
    }

    private void Care()
    {
        try
        {
            _session?.Log.Move();
        }
        catch (MemOSException error)
        {
            VaultLog.CheckpointFailed(_logger, error, _id, error.Code);
            DropSession();
        }
    }

    private void Close()
    {
        try
        {
            CloseSession();
            _ended.TrySetResult();
        }
        catch (Exception error)
        {
            _ended.TrySetException(error);
        }
    }

    private void CloseSession()
    {
        try
        {
            _session?.Log.Settle();
            _session?.Database.TruncateLog();
        }
        catch (MemOSException error)
        {
            VaultLog.SealFailed(_logger, error, _id);
        }

        _session?.Dispose();
        _session = null;
    }

    private void RunGroup()
    {
        _gathering.Wait(_queue);
        _group.Clear();
        var forgotten = new ForgottenContent();
        try
        {
            _session ??= _open();
            _session.Begin();
        }
        catch (MemOSException error)
        {
            FailQueued(error);
            return;
        }

        try
        {
            FillGroup(_session, forgotten);
        }
        catch (Exception error)
        {
            VaultLog.GroupFailed(_logger, error, _group.Count, _id);
            RunOneByOne(_session, error);
            return;
        }

        Finish(_session, forgotten);
    }

    private void FillGroup(WriterSession session, ForgottenContent forgotten)
    {
        long bytes = 0;
        while (_group.Count < _options.GroupSize && bytes < _options.GroupBytes && _queue.TryTake(out WriteRequest? request))
        {
            if (!request.TryBegin())
            {
                continue;
            }

            _group.Add(request);
            try
            {
                session.Run(request, _clock, forgotten);
                bytes += request.Change is { } change ? Weigh(change) : 0;
            }
            catch (RefusedException refused)
            {
                _group.RemoveAt(_group.Count - 1);
                request.Fail(refused.Error);
            }
        }
    }

    // An error in the middle of writing has spoilt the transaction. Each change gets one of its own, so that only the guilty one fails.
    private void RunOneByOne(WriterSession session, Exception cause)
    {
        WriteRequest[] group = [.. _group];
        _group.Clear();
        try
        {
            session.Rollback();
        }
        catch (MemOSException)
        {
            DropSession();
        }

        foreach (WriteRequest request in group)
        {
            // The only change of its group has been tried alone already.
            if (group.Length == 1)
            {
                request.Fail(cause);
                return;
            }

            RunAlone(request);
        }
    }

    private void RunAlone(WriteRequest request)
    {
        var forgotten = new ForgottenContent();
        try
        {
            _session ??= _open();
            _session.Begin();
            _session.Run(request, _clock, forgotten);
        }
        catch (RefusedException refused)
        {
            _session!.Rollback(); // the session ran the plan
            request.Fail(refused.Error);
            return;
        }
        catch (Exception error)
        {
            DropSession();
            request.Fail(error);
            return;
        }

        _group.Add(request);
        Finish(_session, forgotten);
        _group.Clear();
    }

    private void Finish(WriterSession session, ForgottenContent forgotten)
    {
        try
        {
            if (_group.Exists(request => request.Change is not null))
            {
                _beforeFirstCommit();
                long began = Stopwatch.GetTimestamp();
                Committing?.Invoke();
                session.Commit();
                _gathering.Note(_group.Count, _queue.Count, began);
            }
            else
            {
                session.Rollback();
            }
        }
        catch (MemOSException error)
        {
            VaultLog.CommitFailed(_logger, error, _id, error.Code);
            DropSession();
            _group.ForEach(request => request.Fail(error));
            return;
        }

        Announce();
        foreach (WriteRequest request in _group)
        {
            if (!Forgets(request))
            {
                request.Complete();
            }
        }

        if (_group.Exists(Forgets))
        {
            Prove(session, forgotten);
        }
    }

    private void Prove(WriterSession session, ForgottenContent forgotten)
    {
        MemOSException? failure = null;
        try
        {
            session.Log.Settle();
            session.Proof.Run(forgotten);
            session.Log.AfterEmptying();
        }
        catch (MemOSException error)
        {
            failure = error.Code == ErrorCodes.ForgettingIncomplete ? error : new MemOSException(
                ErrorCodes.ForgettingIncomplete, $"The rows are erased, but their content may be left in the vault's files: {error.Message}", error)
            {
                IsTransient = true,
            };
        }

        foreach (WriteRequest request in _group.Where(Forgets))
        {
            if (failure is null)
            {
                request.Complete();
            }
            else
            {
                request.Fail(failure);
            }
        }
    }

    private void Announce()
    {
        if (Committed is not { } observer)
        {
            return;
        }

        _committed.Clear();
        foreach (WriteRequest request in _group)
        {
            if (request.Change is { } change)
            {
                _committed.Add(change);
            }
        }

        try
        {
            if (_committed.Count > 0)
            {
                observer(_committed);
            }
        }
        catch (Exception error)
        {
            VaultLog.ObserverFailed(_logger, error, _id);
        }
    }

    private void FailQueued(MemOSException error)
    {
        DropSession();
        while (_queue.TryTake(out WriteRequest? request))
        {
            if (request.TryBegin())
            {
                request.Fail(error);
            }
        }
    }

    private void DropSession()
    {
        _session?.Dispose();
        _session = null;
    }

    private static bool Forgets(WriteRequest request) =>
        request.Change is { } change && change.ForgottenCubes.Count + change.ForgottenMessages.Count > 0;

    private static long Weigh(VaultChange change)
    {
        long bytes = 0;
        foreach (Reader.Message message in change.Messages)
        {
            bytes += 200 + message.Text.Length;
        }

        foreach (CubeWrite write in change.Cubes)
        {
            bytes += 400 + (write.Cube.Text?.Length ?? 0) + ((write.Vector?.Values.Length ?? 0) * 2);
        }

        foreach (VectorWrite write in change.Vectors)
        {
            bytes += 100 + (write.Vector.Values.Length * 2);
        }

        return bytes;
    }
}
