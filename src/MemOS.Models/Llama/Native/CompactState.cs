namespace MemOS.Models.Llama.Native;

/// <summary>States that keep keys and values in 8 bits, laid out as the library writes them from a cache of <see cref="CacheType.Q8_0"/>.</summary>
/// <remarks>
/// Contexts compute with 16 bits all the same: the library's attention over many tokens at once knows no 8 bits, and takes several times as long with them. A state goes
/// piece by piece, so that it takes no room of its own size.
/// </remarks>
internal static unsafe class CompactState
{
    private const int TokensAtOnce = 256;

    /// <summary>Bytes of the compact state of a sequence.</summary>
    /// <exception cref="ModelException">The library lays this model's states out in a way that is not known, or rows do not divide into blocks of 32 values.</exception>
    public static long Size(LlamaContext context, int sequence)
    {
        (int first, int last) = Positions(context, sequence);
        return StateLayout.Read(context.SavePart(sequence, first, first + 1)).Size(last - first + 1, CacheType.Q8_0);
    }

    /// <summary>Writes the compact state of a sequence.</summary>
    /// <param name="context">The context.</param>
    /// <param name="sequence">The sequence, not empty; it stays as it is.</param>
    /// <param name="into">As many bytes as <see cref="Size"/> says.</param>
    /// <param name="threads">Threads to work with.</param>
    public static void Save(LlamaContext context, int sequence, Span<byte> into, int threads)
    {
        (int first, int last) = Positions(context, sequence);
        StateLayout? compact = null;
        for (int from = first; from <= last; from += TokensAtOnce)
        {
            byte[] piece = context.SavePart(sequence, from, Math.Min(last + 1, from + TokensAtOnce));
            StateLayout layout = StateLayout.Read(piece);
            if (compact is null)
            {
                layout.Frame(into, last - first + 1, first, CacheType.Q8_0);
                compact = StateLayout.Read(into);
            }

            Convert(layout, piece, compact, into, threads);
        }
    }

    /// <summary>Replaces a sequence by a compact state.</summary>
    /// <exception cref="ModelException">The state does not fit; the sequence is empty then.</exception>
    public static void Restore(LlamaContext context, int sequence, ReadOnlySpan<byte> state, int threads)
    {
        context.Remove(sequence, -1, -1);
        try
        {
            StateLayout compact = StateLayout.Read(state);
            byte[] piece = [];
            for (int done = 0; done < compact.Positions.Length; done += TokensAtOnce)
            {
                int count = Math.Min(TokensAtOnce, compact.Positions.Length - done), size = compact.Size(count, CacheType.F16);
                piece = piece.Length == size ? piece : new byte[size];
                compact.Frame(piece, count, compact.Positions[0] + done, CacheType.F16);
                Convert(compact, state, StateLayout.Read(piece), piece, threads);
                context.AddPart(sequence, piece);
            }
        }
        catch (ModelException exception)
        {
            context.Remove(sequence, -1, -1);
            throw exception.Code is ModelErrorCodes.StateUnusable ? exception : new ModelException(ModelErrorCodes.StateUnusable, $"The compact state does not fit this model: {exception.Message}", exception);
        }
    }

    private static (int First, int Last) Positions(LlamaContext context, int sequence) =>
        context.Positions(sequence) ?? throw new ModelException(ModelErrorCodes.InvalidRequest, $"Sequence {sequence} is empty, so it has no state.");

    // Of the tokens that both have.
    private static void Convert(StateLayout from, ReadOnlySpan<byte> source, StateLayout to, Span<byte> target, int threads)
    {
        (int From, int To)[] tokens = Common(from.Positions, to.Positions);
        fixed (byte* start = source, into = target)
        {
            (nint read, int readable, nint write, int writable) = ((nint)start, source.Length, (nint)into, target.Length);
            Parallel.For(0, 2 * from.Layers, new ParallelOptions { MaxDegreeOfParallelism = threads }, part =>
            {
                ReadOnlySpan<byte> bytes = new((void*)read, readable);
                Span<byte> converted = new((void*)write, writable);
                int layer = part / 2;
                foreach ((int one, int other) in tokens)
                {
                    CacheRow.Convert(
                        bytes[part % 2 == 0 ? from.Keys(layer, one) : from.Values(layer, one)], part % 2 == 0 ? from.Types(layer).Keys : from.Types(layer).Values,
                        converted[part % 2 == 0 ? to.Keys(layer, other) : to.Values(layer, other)], part % 2 == 0 ? to.Types(layer).Keys : to.Types(layer).Values);
                }
            });
        }
    }

    private static (int From, int To)[] Common(ReadOnlySpan<int> from, ReadOnlySpan<int> to)
    {
        Dictionary<int, int> places = [];
        for (int place = 0; place < to.Length; place++)
        {
            places[to[place]] = place;
        }

        List<(int, int)> common = [];
        for (int place = 0; place < from.Length; place++)
        {
            if (places.TryGetValue(from[place], out int other))
            {
                common.Add((place, other));
            }
        }

        return [.. common];
    }
}
