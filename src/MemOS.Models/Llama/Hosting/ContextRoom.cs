namespace MemOS.Models.Llama.Hosting;

/// <summary>The tokens that a context can hold, lent to who needs some of them for a while: first come, first served. Safe from any thread.</summary>
/// <remarks>Sequences share one context; whoever begins only when all that it may come to need is free cannot be stopped halfway by another.</remarks>
/// <param name="tokens">How many there are.</param>
/// <param name="mostWaiting">How many may wait.</param>
internal sealed class ContextRoom(int tokens, int mostWaiting)
{
    private readonly Lock gate = new();
    private readonly LinkedList<(int Tokens, TaskCompletionSource Entered)> waiting = [];
    private int free = tokens;

    /// <summary>Takes tokens where they are free and nobody waits.</summary>
    public bool TryEnter(int wanted)
    {
        lock (gate)
        {
            bool fits = waiting.Count == 0 && wanted <= free;
            free -= fits ? wanted : 0;
            return fits;
        }
    }

    /// <summary>Takes tokens, after those who came before.</summary>
    /// <param name="wanted">At most as many as there are.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="ModelException"><see cref="ModelErrorCodes.Busy"/>: too many wait already.</exception>
    public async Task EnterAsync(int wanted, CancellationToken cancellationToken)
    {
        LinkedListNode<(int Tokens, TaskCompletionSource Entered)> own;
        lock (gate)
        {
            if (waiting.Count == 0 && wanted <= free)
            {
                free -= wanted;
                return;
            }

            own = waiting.Count < mostWaiting ? waiting.AddLast((wanted, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)))
                : throw new ModelException(ModelErrorCodes.Busy, $"{mostWaiting} answers wait for room in the model's context already; ask again later, or give the model a larger context.") { IsTransient = true };
        }

        CancellationTokenRegistration registration = cancellationToken.UnsafeRegister(_ => GiveUp(own, cancellationToken), null);
        await using (registration.ConfigureAwait(false))
        {
            await own.Value.Entered.Task.ConfigureAwait(false);
        }
    }

    /// <summary>Gives tokens back.</summary>
    public void Leave(int given)
    {
        lock (gate)
        {
            free += given;
            Admit();
        }
    }

    private void GiveUp(LinkedListNode<(int Tokens, TaskCompletionSource Entered)> one, CancellationToken cancellationToken)
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
        while (waiting.First is { } first && first.Value.Tokens <= free)
        {
            free -= first.Value.Tokens;
            waiting.RemoveFirst();
            first.Value.Entered.TrySetResult();
        }
    }
}
