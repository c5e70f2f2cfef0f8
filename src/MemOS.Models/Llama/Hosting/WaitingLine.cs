namespace MemOS.Models.Llama.Hosting;

/// <summary>Counts the answers that were asked for and have not begun: whatever they wait for, no more of them wait than may. Safe from any thread.</summary>
/// <param name="most">How many may wait; one can always come.</param>
internal sealed class WaitingLine(int most)
{
    private int count;

    /// <summary>Takes a place, to be disposed when the answer begins or is given up.</summary>
    /// <exception cref="ModelException"><see cref="ModelErrorCodes.Busy"/>: too many wait already.</exception>
    public IDisposable Enter()
    {
        if (Interlocked.Increment(ref count) > Math.Max(1, most))
        {
            Interlocked.Decrement(ref count);
            throw Full(most);
        }

        return new Place(this);
    }

    /// <summary>What is said to who may not wait any more.</summary>
    public static ModelException Full(int most) =>
        new(ModelErrorCodes.Busy, $"{most} answers wait for the model already; ask again later, or give the model a larger context.") { IsTransient = true };

    private sealed class Place(WaitingLine line) : IDisposable
    {
        private int isLeft;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref isLeft, 1) == 0)
            {
                Interlocked.Decrement(ref line.count);
            }
        }
    }
}
