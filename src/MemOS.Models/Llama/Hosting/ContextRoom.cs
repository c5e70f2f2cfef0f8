namespace MemOS.Models.Llama.Hosting;

/// <summary>The tokens and sequences of a context, lent together to who needs some of them for a while: first come, first served. Safe from any thread.</summary>
/// <remarks>
/// Sequences share one context; whoever begins only when all that it may come to need is free cannot be stopped halfway by another, and who needs two sequences never
/// holds one of them while it waits for the other.
/// </remarks>
/// <param name="tokens">How many tokens there are.</param>
/// <param name="sequences">How many sequences there are; they are numbered from 0.</param>
/// <param name="mostWaiting">How many may wait.</param>
internal sealed class ContextRoom(int tokens, int sequences, int mostWaiting)
{
    private readonly Lock gate = new();
    private readonly LinkedList<Waiter> waiting = [];
    private readonly Queue<int> idle = new(Enumerable.Range(0, sequences));
    private int free = tokens;
    private bool isClosed;

    /// <summary>Takes tokens and sequences where they are free and nobody waits; null where not.</summary>
    public int[]? TryEnter(int wanted, int count)
    {
        lock (gate)
        {
            return waiting.Count == 0 ? Take(wanted, count) : null;
        }
    }

    /// <summary>Takes tokens and sequences, after those who came before.</summary>
    /// <param name="wanted">At most as many tokens as there are.</param>
    /// <param name="count">At most as many sequences as there are.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The sequences; null where the room was closed.</returns>
    /// <exception cref="ModelException"><see cref="ModelErrorCodes.Busy"/>: too many wait already.</exception>
    public async Task<int[]?> EnterAsync(int wanted, int count, CancellationToken cancellationToken)
    {
        LinkedListNode<Waiter> own;
        lock (gate)
        {
            if (isClosed || (waiting.Count == 0 && idle.Count >= count && wanted <= free))
            {
                return Take(wanted, count);
            }

            own = waiting.Count < mostWaiting ? waiting.AddLast(new Waiter(wanted, count)) : throw WaitingLine.Full(mostWaiting);
        }

        CancellationTokenRegistration registration = cancellationToken.UnsafeRegister(_ => GiveUp(own, cancellationToken), null);
        await using (registration.ConfigureAwait(false))
        {
            return await own.Value.Entered.Task.ConfigureAwait(false);
        }
    }

    /// <summary>Gives tokens and a sequence back.</summary>
    public void Leave(int given, int sequence)
    {
        lock (gate)
        {
            free += given;
            idle.Enqueue(sequence);
            Admit();
        }
    }

    /// <summary>Lends nothing any more; whoever waits is told so.</summary>
    public void Close()
    {
        lock (gate)
        {
            isClosed = true;
            foreach (Waiter waiter in waiting)
            {
                waiter.Entered.TrySetResult(null);
            }

            waiting.Clear();
        }
    }

    private int[]? Take(int wanted, int count)
    {
        if (isClosed || wanted > free || count > idle.Count)
        {
            return null;
        }

        free -= wanted;
        return [.. Enumerable.Range(0, count).Select(_ => idle.Dequeue())];
    }

    private void GiveUp(LinkedListNode<Waiter> one, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            if (one.List is null)
            {
                return; // it was let in just now
            }

            waiting.Remove(one);
            one.Value.Entered.TrySetCanceled(cancellationToken);
            Admit(); // those behind it may be smaller
        }
    }

    private void Admit()
    {
        while (waiting.First is { } first && Take(first.Value.Tokens, first.Value.Sequences) is { } taken)
        {
            waiting.RemoveFirst();
            first.Value.Entered.TrySetResult(taken);
        }
    }

    private sealed record Waiter(int Tokens, int Sequences)
    {
        public TaskCompletionSource<int[]?> Entered { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
