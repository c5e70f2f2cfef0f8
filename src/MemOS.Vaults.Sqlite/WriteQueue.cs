using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;

namespace MemOS.Vaults.Sqlite;

/// <summary>
/// The writes that wait, and the turn to carry them out, which one thread has at a time. A caller that finds the turn free takes it and commits in place,
/// together with whatever waits: the lone writer pays for no hand-over between threads. When its own write is done and more came meanwhile, a thread of
/// the pool goes on.
/// </summary>
/// <param name="capacity">Writes that may wait before callers wait to be let in.</param>
/// <param name="runGroup">Takes writes out of the queue and carries them out; does not throw.</param>
/// <param name="close">Called once, when the queue is closed and empty; does not throw.</param>
/// <param name="needsCare">Whether there is upkeep to do.</param>
/// <param name="care">Does the upkeep, after the writes of a group were acknowledged; does not throw.</param>
internal sealed class WriteQueue(int capacity, Action runGroup, Action close, Func<bool> needsCare, Action care) : IThreadPoolWorkItem
{
    private readonly Channel<WriteRequest> _waiting = Channel.CreateBounded<WriteRequest>(new BoundedChannelOptions(capacity)
    {
        FullMode = BoundedChannelFullMode.Wait,
        AllowSynchronousContinuations = false,
    });

    private int _taken;
    private bool _closed;

    private bool MustClose => _waiting.Reader.Completion.IsCompleted && !_closed;

    private bool HasWork => _waiting.Reader.TryPeek(out _) || MustClose || needsCare();

    /// <summary>How many writes wait.</summary>
    public int Count => _waiting.Reader.Count;

    /// <summary>Lets a write in at once; false when the queue is full or closed.</summary>
    public bool TryAdd(WriteRequest request) => _waiting.Writer.TryWrite(request);

    /// <summary>Lets a write in when there is room.</summary>
    /// <exception cref="ChannelClosedException">The queue is closed.</exception>
    public ValueTask AddAsync(WriteRequest request, CancellationToken cancellationToken) => _waiting.Writer.WriteAsync(request, cancellationToken);

    /// <summary>Takes out the next write. For the thread that has the turn.</summary>
    public bool TryTake([MaybeNullWhen(false)] out WriteRequest request) => _waiting.Reader.TryRead(out request);

    /// <summary>Sees to it that a write that was let in is carried out: here and now when the turn is free.</summary>
    /// <remarks>A caller with a synchronization context, such as the thread of a user interface, is not made to wait for the disk: a thread of the pool is.</remarks>
    public void Serve(WriteRequest request)
    {
        if (!TryTakeTurn())
        {
            return; // the one who has it looks again when it gives it up
        }

        if (SynchronizationContext.Current is null)
        {
            while (!request.IsDone && _waiting.Reader.TryPeek(out _))
            {
                runGroup();
            }
        }

        EndTurn();
    }

    /// <summary>Lets nothing in any more. What is in the queue is still carried out.</summary>
    /// <param name="error">Why, or null when it is the end.</param>
    public void Close(Exception? error = null)
    {
        _waiting.Writer.TryComplete(error);
        if (TryTakeTurn())
        {
            EndTurn();
        }
    }

    void IThreadPoolWorkItem.Execute()
    {
        while (_waiting.Reader.TryPeek(out _) || needsCare())
        {
            if (needsCare())
            {
                care();
            }
            else
            {
                runGroup();
            }
        }

        if (MustClose)
        {
            _closed = true;
            close();
        }

        EndTurn();
    }

    private bool TryTakeTurn() => Interlocked.CompareExchange(ref _taken, 1, 0) == 0;

    private void EndTurn()
    {
        while (!HasWork)
        {
            Interlocked.Exchange(ref _taken, 0); // a full fence: a write that came before it is seen below, a later one finds the turn free
            if (!HasWork || !TryTakeTurn())
            {
                return;
            }
        }

        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }
}
