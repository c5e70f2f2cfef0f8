using MemOS.Governance;
using MemOS.Operator.Recall.Spaces;
using MemOS.Reader;
using MemOS.Vaults;
using Microsoft.Extensions.Logging;

namespace MemOS.Scheduler;

/// <summary>Does the jobs of one vault in the background: each exactly once, since its result and its completion are one commit.</summary>
/// <remarks>Runs only while there is work. A job that fails is tried again later, up to five times, then kept as dead with the reason.</remarks>
internal sealed partial class JobRunner(
    IVaultStore store, VaultWriter writer, UsageCounter usage, Reembedding reembedding, Func<VaultJob, CancellationToken, Task> feedback, TimeProvider clock, ILogger logger)
    : IAsyncDisposable
{
    private const int MostAttempts = 5;
    private const int AtOnce = 32;

    // Reading goes on beside the writer; what is written with it in one plan keeps other writers waiting, so it is not much.
    private const int MostMessages = 64;

    // Jobs that come one by one are done a few at a time: a commit each would cost their writers a sync to disk.
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan FirstDelay = TimeSpan.FromSeconds(2);

    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _closing = new();
    private Task _running = Task.CompletedTask;
    private TaskCompletionSource _hurry = NewHurry();
    private ITimer? _later;
    private bool _again;

    /// <summary>Says that there may be work. Returns at once.</summary>
    public void Wake()
    {
        lock (_gate)
        {
            _again = true;
            if (_running.IsCompleted && !_closing.IsCancellationRequested)
            {
                _running = Task.Run(RunAsync);
            }
        }
    }

    /// <summary>Waits until no job is due.</summary>
    public async Task DrainAsync(CancellationToken cancellationToken)
    {
        Wake();
        Task running;
        lock (_gate)
        {
            _hurry.TrySetResult();
            running = _running;
        }

        await running.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Finishes the job at hand and stops.</summary>
    public async ValueTask DisposeAsync()
    {
        Task running;
        lock (_gate)
        {
            _closing.Cancel();
            _hurry.TrySetResult();
            _later?.Dispose();
            running = _running;
        }

        await running.ConfigureAwait(false);
        _closing.Dispose();
    }

    private static TaskCompletionSource NewHurry() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private async Task GatherAsync()
    {
        Task hurry;
        lock (_gate)
        {
            hurry = _hurry.Task;
        }

        using CancellationTokenSource ended = new();
        await Task.WhenAny(hurry, Task.Delay(Gathering, clock, ended.Token)).ConfigureAwait(false);
        await ended.CancelAsync().ConfigureAwait(false);
    }

    private async Task RunAsync()
    {
        await GatherAsync().ConfigureAwait(false);
        while (!_closing.IsCancellationRequested)
        {
            lock (_gate)
            {
                _again = false;
            }

            bool worked;
            bool stopped = false;
            try
            {
                worked = await RunDueAsync().ConfigureAwait(false);
                if (usage.IsFull)
                {
                    await usage.FlushAsync(writer, CancellationToken.None).ConfigureAwait(false);
                }
            }
            catch (MemOSException e)
            {
                // The vault could not be written, which its writers are told too. The jobs are still in it.
                LogStopped(logger, store.Id.Value, e.Code, e);
                worked = false;
                stopped = true;
            }

            TimeSpan? next = worked || stopped ? null : UntilNext();
            lock (_gate)
            {
                if (!worked && !_again)
                {
                    WakeIn(next);
                    _running = Task.CompletedTask;
                    _hurry = NewHurry();
                    return;
                }
            }
        }
    }

    // How long until a job that was put off may be tried again; null when none was.
    private TimeSpan? UntilNext()
    {
        try
        {
            return store.Read(reader => JobSubjects.All(reader).Where(job => !job.IsDead && job.Kind != JobKinds.Train).Min(job => (DateTimeOffset?)job.DueAt) - reader.Now);
        }
        catch (MemOSException e)
        {
            LogStopped(logger, store.Id.Value, e.Code, e);
            return null;
        }
    }

    private void WakeIn(TimeSpan? time)
    {
        _later?.Dispose();
        _later = time is { } wait && !_closing.IsCancellationRequested
            ? clock.CreateTimer(_ => Wake(), null, wait > TimeSpan.Zero ? wait : FirstDelay, Timeout.InfiniteTimeSpan)
            : null;
    }

    private async Task<bool> RunDueAsync()
    {
        IReadOnlyList<VaultJob> all = store.Read(reader => reader.ReadDueJobs(AtOnce));
        VaultJob[] due = [.. all.Where(job => job.Kind != JobKinds.Reembed)];
        for (int next = 0; next < due.Length && !_closing.IsCancellationRequested;)
        {
            next += await RunSomeAsync(due, next).ConfigureAwait(false);
        }

        if (all.FirstOrDefault(job => job.Kind == JobKinds.Reembed) is { } job && !_closing.IsCancellationRequested)
        {
            await ReembedAsync(job).ConfigureAwait(false);
        }

        return all.Count > 0;
    }

    // A part of it, so that other jobs have their turn.
    private async Task ReembedAsync(VaultJob job)
    {
        IReadOnlyList<VectorWrite>? vectors;
        try
        {
            vectors = await reembedding.MakeNextAsync(job, _closing.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (_closing.IsCancellationRequested)
        {
            return;
        }
        catch (Exception e)
        {
            await PutOffAsync(job, e).ConfigureAwait(false); // whatever it is, it is the embedder's
            return;
        }

        try
        {
            await (vectors is null ? reembedding.FinishAsync(job, _closing.Token) : reembedding.KeepAsync(job, vectors)).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (_closing.IsCancellationRequested)
        {
            // The vault says how far it came.
        }
    }

    // Does as many jobs together as make a short plan, and says how many that were. One that fails among others is found by doing each alone.
    private async Task<int> RunSomeAsync(VaultJob[] due, int from)
    {
        List<JobWork> some = [];
        Exception? unread = null;
        int messages = 0;
        if (due[from].Kind == JobKinds.Feedback)
        {
            await CarryOutAsync(due[from]).ConfigureAwait(false);
            return 1;
        }

        for (int i = from; i < due.Length && messages < MostMessages && due[i].Kind != JobKinds.Feedback; i++)
        {
            try
            {
                some.Add(store.Read(reader => JobWork.Read(reader, due[i])));
                messages += some[^1].Messages.Count;
            }
            catch (Exception e) when (e is not MemOSException { IsTransient: true })
            {
                unread = e;
                break;
            }
        }

        if (some.Count > 0)
        {
            if (some.Count == 1 || await TryAsync(some).ConfigureAwait(false) is not null)
            {
                foreach (JobWork work in some)
                {
                    if (await TryAsync([work]).ConfigureAwait(false) is { } failure)
                    {
                        await PutOffAsync(work.Job, failure).ConfigureAwait(false);
                    }
                }
            }

            return some.Count;
        }

        await PutOffAsync(due[from], unread!).ConfigureAwait(false); // nothing was read, so the first could not be
        return 1;
    }

    // One of these asks recall, and perhaps a model, so it is no single plan; its changes and its end are.
    private async Task CarryOutAsync(VaultJob job)
    {
        try
        {
            await feedback(job, _closing.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (_closing.IsCancellationRequested)
        {
            // Closing waits for no model: nothing was changed, and the job is still in the vault.
        }
        catch (Exception e) when (e is not MemOSException { IsTransient: true } or MemOSException { Code: ErrorCodes.ModelFailed })
        {
            await PutOffAsync(job, e).ConfigureAwait(false);
        }
    }

    private async Task<Exception?> TryAsync(IReadOnlyList<JobWork> works)
    {
        try
        {
            await writer.WriteAsync(
                Caller.Owner,
                plan =>
                {
                    foreach (JobWork work in works)
                    {
                        Extraction.Plan(plan, work.Job.Argument, work.Messages);
                        plan.Change.FinishedJobs.Add(work.Job.Number);
                    }

                    return 0;
                },
                CancellationToken.None).ConfigureAwait(false);
            return null;
        }
        catch (Exception e) when (e is not MemOSException { IsTransient: true })
        {
            return e;
        }
    }

    private Task<int> PutOffAsync(VaultJob job, Exception failure)
    {
        int attempts = job.Attempts + 1;
        bool dead = failure is MemOSException { Code: ErrorCodes.AmbiguousFeedback or ErrorCodes.ModelAnswerInvalid } || // time alone mends neither
            (attempts >= MostAttempts && job.Kind != JobKinds.Reembed); // an embedder that is away comes back
        LogFailed(logger, store.Id.Value, job.Kind, job.Number, attempts, dead, failure);
        VaultJob later = job with
        {
            Attempts = attempts,
            IsDead = dead,
            DueAt = clock.GetUtcNow() + (FirstDelay * Math.Pow(4, Math.Min(job.Attempts, MostAttempts))),
            Failure = failure is MemOSException known ? known.Code : failure.GetType().Name, // never the message: it might hold content
        };
        return writer.WriteAsync(
            Caller.Owner,
            plan =>
            {
                plan.Change.FailedJobs.Add(later);
                return 0;
            },
            CancellationToken.None);
    }

    [LoggerMessage(EventId = 2001, Level = LogLevel.Warning, Message = "Vault {Vault}: job {Kind} {Number} failed at attempt {Attempts}; given up: {Dead}")]
    private static partial void LogFailed(ILogger logger, string vault, string kind, long number, int attempts, bool dead, Exception failure);

    [LoggerMessage(EventId = 2002, Level = LogLevel.Error, Message = "Vault {Vault}: background work stopped until the next write: {Code}")]
    private static partial void LogStopped(ILogger logger, string vault, string code, Exception failure);
}
