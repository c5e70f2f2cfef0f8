using System.Runtime.InteropServices;

namespace MemOS.Models.Llama.Native;

/// <summary>A context: sequences of tokens with their keys and values. One thread at a time.</summary>
/// <remarks>Every argument that would trip an assertion of the library, which ends the process, is checked before the call.</remarks>
internal sealed unsafe class LlamaContext : SafeHandle
{
    private const int NoRoom = 1;
    private const int Stopped = 2;

    // Two sequences that nobody is given: what overwrites the room of others is put together in them.
    private const int OwnSequences = 2;
    private const int TokensAtOnce = 256;

    private readonly LlamaModel model;
    private readonly nint memory;
    private readonly bool embeddings;
    private readonly LlamaProgress? progress;
    private bool[] hasOutput = [];
    private StateLayout? layout;

    private LlamaContext(nint handle, LlamaModel model, bool embeddings, LlamaProgress? progress)
        : base(0, ownsHandle: true)
    {
        bool kept = false;
        model.DangerousAddRef(ref kept); // released with this handle, so that the model outlives its contexts
        SetHandle(handle);
        this.model = model;
        this.embeddings = embeddings;
        this.progress = progress;
        memory = MemoryNative.Of(this);
        Size = (int)ContextNative.Size(this);
        Batch = (int)Math.Min(ContextNative.Batch(this), embeddings ? ContextNative.MicroBatch(this) : uint.MaxValue);
        Sequences = (int)ContextNative.Sequences(this) - (embeddings ? 0 : OwnSequences);
    }

    public override bool IsInvalid => handle == 0;

    public LlamaModel Model => model;

    /// <summary>Tokens that all sequences together may hold.</summary>
    public int Size { get; }

    /// <summary>Tokens that one call may compute.</summary>
    public int Batch { get; }

    public int Sequences { get; }

    /// <summary>Whether the context keeps sequences; one of an encoder does not.</summary>
    public bool HasMemory => memory != 0;

    /// <summary>Whether positions of kept tokens can be moved.</summary>
    public bool CanShift => HasMemory && MemoryNative.CanShift(memory);

    /// <summary>Makes a context.</summary>
    /// <param name="model">The model.</param>
    /// <param name="settings">Its sizes.</param>
    /// <param name="progress">Told of progress, and may end a computation; null for none. Alive longer than the context.</param>
    /// <param name="layers">Told what leaves each layer, which makes computing slower; null for nobody. Alive longer than the context.</param>
    /// <exception cref="ModelException">There is no memory for it.</exception>
    public static LlamaContext Create(LlamaModel model, ContextSettings settings, LlamaProgress? progress = null, LayerOutputs? layers = null)
    {
        settings.Validate();
        ContextParameters parameters = ContextNative.DefaultParameters();
        int sequences = settings.Sequences + (settings.Embeddings ? 0 : OwnSequences); // one call has room for a token of each, or the library ends the process
        parameters.Context = (uint)Math.Max(settings.Tokens, sequences);
        parameters.Batch = (uint)Math.Max(Math.Min(settings.Batch, settings.Tokens), sequences);
        parameters.MicroBatch = parameters.Batch;
        parameters.Sequences = (uint)sequences;
        parameters.OutputsPerSequence = 0; // as many as tokens of a call
        parameters.Threads = settings.Threads;
        parameters.BatchThreads = settings.Threads;
        parameters.Pooling = (int)settings.Pooling;
        parameters.Embeddings = settings.Embeddings ? (byte)1 : (byte)0;
        parameters.Unified = 1; // sequences share tokens only in one buffer
        if (LlamaLibraries.HasAttention)
        {
            parameters.FlashAttention = 1; // asked for, since by itself the library wants a layer and its attention on one device
        }

        if (progress is not null)
        {
            parameters.Abort = LlamaProgress.AbortCallback;
            parameters.AbortData = progress.State;
        }

        if (layers is not null)
        {
            parameters.Evaluate = LayerOutputs.Callback;
            parameters.EvaluateData = layers.State;
        }

        nint handle = ContextNative.Create(model, parameters);
        return handle != 0 ? new(handle, model, settings.Embeddings, progress) : throw new ModelException(ModelErrorCodes.OutOfMemory,
            $"There is no memory for a context of {settings.Tokens} tokens; use a smaller one.");
    }

    /// <summary>Computes a run of tokens that goes on where its sequence ends.</summary>
    /// <param name="tokens">1 to <see cref="Batch"/> tokens of the vocabulary.</param>
    /// <param name="position">Of the first; one behind the last of the sequence, anything for an empty one.</param>
    /// <param name="sequence">0 to <see cref="Sequences"/> - 1.</param>
    /// <param name="outputs">For which tokens <see cref="Logits"/> will be read.</param>
    /// <exception cref="ModelException">An argument is out of range, or the context is full.</exception>
    /// <exception cref="OperationCanceledException">It was stopped through <see cref="LlamaProgress"/>; part of the run may be kept.</exception>
    public void Decode(ReadOnlySpan<int> tokens, int position, int sequence, Outputs outputs)
    {
        CheckSequence(sequence);
        CheckTokens(tokens);
        int last = HasMemory ? MemoryNative.LastPosition(memory, sequence) : -1;
        Require(position >= 0 && position <= model.TrainedContext - tokens.Length, $"Positions go up to {model.TrainedContext - 1}, which the model was trained on.");
        Require(last < 0 || position == last + 1, $"A run goes on where its sequence ends: at {last + 1}, not {position}.");
        int* positions = stackalloc int[tokens.Length];
        int* counts = stackalloc int[tokens.Length];
        int** sequences = stackalloc int*[tokens.Length];
        sbyte* wanted = stackalloc sbyte[tokens.Length];
        hasOutput = new bool[tokens.Length];
        for (int i = 0; i < tokens.Length; i++)
        {
            positions[i] = position + i;
            counts[i] = 1;
            sequences[i] = &sequence;
            hasOutput[i] = outputs == Outputs.All || (outputs == Outputs.Last && i == tokens.Length - 1);
            wanted[i] = hasOutput[i] ? (sbyte)1 : (sbyte)0;
        }

        fixed (int* start = tokens)
        {
            Check(ContextNative.Decode(this, new TokenBatch { Count = tokens.Length, Tokens = start, Positions = positions, SequenceCounts = counts, Sequences = sequences, Outputs = wanted }));
        }
    }

    /// <summary>The logits that follow a token of the last run, valid until the next call.</summary>
    public ReadOnlySpan<float> Logits(int place)
    {
        Require(!embeddings, "A context for embeddings makes no logits.");
        Require(place >= 0 && place < hasOutput.Length && hasOutput[place], $"No logits were asked for at {place} of the last run.");
        float* logits = ContextNative.Logits(this, place);
        return logits is not null ? new(logits, model.Vocabulary.Count) : throw new ModelException(ModelErrorCodes.NativeFailure, "The library made no logits.");
    }

    /// <summary>Computes the pooled embedding of a text; the context was made for embeddings.</summary>
    public void Embed(ReadOnlySpan<int> tokens, Span<float> into)
    {
        Require(embeddings, "The context was not made for embeddings.");
        Require(into.Length == model.OutputWidth, $"The embedding has {model.OutputWidth} values.");
        Clear();
        Decode(tokens, 0, 0, Outputs.All);
        float* values = ContextNative.Pooling(this) == (int)Pooling.None ? ContextNative.Embedding(this, tokens.Length - 1) : ContextNative.SequenceEmbedding(this, 0);
        if (values is null)
        {
            throw new ModelException(ModelErrorCodes.NativeFailure, "The library made no embedding; the model is not one for embeddings.");
        }

        new ReadOnlySpan<float>(values, into.Length).CopyTo(into);
    }

    /// <summary>The first and last position of a sequence, or null where it is empty.</summary>
    public (int First, int Last)? Positions(int sequence)
    {
        CheckSequence(sequence);
        return HasMemory && MemoryNative.LastPosition(memory, sequence) is >= 0 and int last ? (MemoryNative.FirstPosition(memory, sequence), last) : null;
    }

    /// <summary>Forgets all sequences and overwrites what they held.</summary>
    public void Clear()
    {
        if (HasMemory)
        {
            MemoryNative.Clear(memory, data: true);
        }
    }

    /// <summary>Overwrites what dropped tokens have left behind, and keeps what sequences hold.</summary>
    /// <remarks>The library names no room that is free: all of it is filled with tokens whose keys and values are zero, in ever smaller pieces, and then left again.</remarks>
    /// <exception cref="ModelException"><see cref="ModelErrorCodes.LibrariesUnsupported"/>: states of this model are laid out in a way that is not known here.</exception>
    public void Overwrite()
    {
        if (!HasMemory || embeddings)
        {
            return; // texts are embedded one by one, and cleared before each
        }

        int scratch = Sequences, filled = Sequences + 1, position = 0;
        try
        {
            OverwriteTokens(scratch);
            for (int count = Math.Min(TokensAtOnce, Size); count > 0;)
            {
                if (Layout(scratch)?.Blank(count, position) is not { } blank)
                {
                    return; // nothing is free
                }

                fixed (byte* start = blank)
                {
                    if (MemoryNative.SetState(this, start, (nuint)blank.Length, scratch) == (nuint)blank.Length)
                    {
                        MemoryNative.Copy(memory, scratch, filled, -1, -1);
                        position += count;
                    }
                    else
                    {
                        count /= 2;
                    }
                }
            }
        }
        finally
        {
            MemoryNative.Remove(memory, scratch, -1, -1);
            MemoryNative.Remove(memory, filled, -1, -1);
        }
    }

    /// <summary>Drops the tokens of a sequence with positions from <paramref name="from"/> up to, not including, <paramref name="to"/>; -1 leaves an end open.</summary>
    /// <returns>False where the model can only forget a whole sequence.</returns>
    public bool Remove(int sequence, int from, int to)
    {
        CheckSequence(sequence);
        CheckMemory();
        return MemoryNative.Remove(memory, sequence, from, to);
    }

    /// <summary>Lets another sequence share tokens of this one; nothing is copied.</summary>
    public void Copy(int source, int target, int from, int to)
    {
        CheckSequence(source);
        CheckSequence(target);
        CheckMemory();
        Require(source != target, "A sequence is not copied onto itself.");
        MemoryNative.Copy(memory, source, target, from, to);
    }

    /// <summary>Moves the tokens of a sequence from <paramref name="from"/> up to <paramref name="to"/> by a number of positions, keys rotated with them.</summary>
    /// <remarks>Tokens shared with another sequence move in both.</remarks>
    public void Shift(int sequence, int from, int to, int by)
    {
        CheckSequence(sequence);
        Require(CanShift, "Positions of this model cannot be moved.");
        Require(Positions(sequence) is not (int first, int last) || (Math.Max(first, from) + (long)by >= 0 && last + (long)by < int.MaxValue), "Positions stay at 0 or above.");
        MemoryNative.Shift(memory, sequence, from, to, by);
    }

    /// <summary>Bytes of the state of a sequence.</summary>
    public long StateSize(int sequence)
    {
        CheckSequence(sequence);
        CheckMemory();
        return (long)MemoryNative.StateSize(this, sequence);
    }

    /// <summary>Writes the state of a sequence; <paramref name="into"/> has <see cref="StateSize"/> bytes.</summary>
    public void SaveState(int sequence, Span<byte> into)
    {
        Require(into.Length == StateSize(sequence), "The state has another size.");
        fixed (byte* start = into)
        {
            if (MemoryNative.GetState(this, start, (nuint)into.Length, sequence) != (nuint)into.Length)
            {
                throw new ModelException(ModelErrorCodes.NativeFailure, "The state of the sequence could not be written.");
            }
        }
    }

    /// <summary>Replaces a sequence by a state that a context with the same model and cache types wrote.</summary>
    /// <exception cref="ModelException">The state does not fit; the sequence is empty then.</exception>
    public void RestoreState(int sequence, ReadOnlySpan<byte> state)
    {
        CheckSequence(sequence);
        CheckMemory();
        fixed (byte* start = state)
        {
            if (state.IsEmpty || MemoryNative.SetState(this, start, (nuint)state.Length, sequence) != (nuint)state.Length)
            {
                MemoryNative.Remove(memory, sequence, -1, -1);
                throw Unusable();
            }
        }
    }

    /// <summary>The state of a part of a sequence, from one position up to, not including, another; the sequence stays as it is.</summary>
    public byte[] SavePart(int sequence, int from, int to)
    {
        CheckSequence(sequence);
        CheckMemory();
        int part = Sequences;
        try
        {
            MemoryNative.Copy(memory, sequence, part, from, to);
            byte[] state = new byte[checked((int)MemoryNative.StateSize(this, part))];
            fixed (byte* start = state)
            {
                return MemoryNative.GetState(this, start, (nuint)state.Length, part) == (nuint)state.Length ? state
                    : throw new ModelException(ModelErrorCodes.NativeFailure, "The state of the sequence could not be written.");
            }
        }
        finally
        {
            MemoryNative.Remove(memory, part, -1, -1);
        }
    }

    /// <summary>Adds what a state holds to a sequence that has nothing at its positions.</summary>
    /// <exception cref="ModelException">The state does not fit; the sequence stays as it is.</exception>
    public void AddPart(int sequence, ReadOnlySpan<byte> state)
    {
        CheckSequence(sequence);
        CheckMemory();
        int part = Sequences;
        try
        {
            fixed (byte* start = state)
            {
                if (MemoryNative.SetState(this, start, (nuint)state.Length, part) != (nuint)state.Length)
                {
                    throw Unusable();
                }
            }

            MemoryNative.Copy(memory, part, sequence, -1, -1);
        }
        finally
        {
            MemoryNative.Remove(memory, part, -1, -1);
        }
    }

    /// <summary>Applies adapters from the next run on; none takes all off. What was computed before stays as it was.</summary>
    public void SetAdapters(IReadOnlyList<(LlamaAdapter Adapter, float Scale)> adapters)
    {
        Require(adapters.All(adapter => adapter.Adapter.Model == model), "An adapter fits the model that it was loaded for.");
        nint* handles = stackalloc nint[adapters.Count + 1];
        float* scales = stackalloc float[adapters.Count + 1];
        for (int i = 0; i < adapters.Count; i++)
        {
            handles[i] = adapters[i].Adapter.DangerousGetHandle(); // the list keeps them alive during the call
            scales[i] = adapters[i].Scale;
        }

        if (ContextNative.SetAdapters(this, handles, (nuint)adapters.Count, scales) != 0)
        {
            throw new ModelException(ModelErrorCodes.NativeFailure, "The adapters could not be applied.");
        }
    }

    /// <summary>Adds a vector to the stream of each layer from the next run on; empty takes it off.</summary>
    /// <param name="values">The model's width for each layer from layer 1; nothing is added in layer 0.</param>
    /// <param name="firstLayer">The first layer that it is added in.</param>
    /// <param name="lastLayer">The last.</param>
    public void SetControlVector(ReadOnlySpan<float> values, int firstLayer, int lastLayer)
    {
        int width = model.Width;
        Require(values.Length % width == 0 && values.Length / width < model.Layers, $"A control vector has {width} values for each of at most {model.Layers - 1} layers.");
        fixed (float* start = values)
        {
            if (ContextNative.SetControlVector(this, start, (nuint)values.Length, width, firstLayer, lastLayer) != 0)
            {
                throw new ModelException(ModelErrorCodes.NativeFailure, "The control vector could not be applied.");
            }
        }
    }

    protected override bool ReleaseHandle()
    {
        ContextNative.Free(handle);
        model.DangerousRelease();
        return true;
    }

    // The library keeps the tokens of a call until the next one, which is ended here before it computes anything.
    private void OverwriteTokens(int sequence)
    {
        if (progress is null)
        {
            return;
        }

        for (int count = Math.Min(Batch, Size); count > 0; count /= 2)
        {
            progress.Stop();
            int status = DecodeZeros(count, sequence);
            progress.Continue();
            if (status != NoRoom)
            {
                break;
            }
        }

        MemoryNative.Remove(memory, sequence, -1, -1);
    }

    private int DecodeZeros(int count, int sequence)
    {
        int* tokens = stackalloc int[count];
        int* positions = stackalloc int[count];
        int* counts = stackalloc int[count];
        int** sequences = stackalloc int*[count];
        sbyte* outputs = stackalloc sbyte[count];
        for (int i = 0; i < count; i++)
        {
            (tokens[i], positions[i], counts[i], outputs[i]) = (0, i, 1, 0);
            sequences[i] = &sequence;
        }

        hasOutput = [];
        return ContextNative.Decode(this, new TokenBatch { Count = count, Tokens = tokens, Positions = positions, SequenceCounts = counts, Sequences = sequences, Outputs = outputs });
    }

    // As the library writes it of one token; null where there is no room for one.
    private StateLayout? Layout(int sequence)
    {
        if (layout is null)
        {
            int status = DecodeZeros(1, sequence);
            if (status == NoRoom)
            {
                return null;
            }

            Check(status);
            byte[] state = new byte[(int)MemoryNative.StateSize(this, sequence)];
            fixed (byte* start = state)
            {
                MemoryNative.GetState(this, start, (nuint)state.Length, sequence);
            }

            layout = StateLayout.Read(state);
        }

        return layout;
    }

    private static ModelException Unusable() => new(ModelErrorCodes.StateUnusable, "The state does not fit this model and context, or there is no room for it.");

    private static void Require(bool condition, string rule)
    {
        if (!condition)
        {
            throw new ModelException(ModelErrorCodes.InvalidRequest, rule);
        }
    }

    private static void Check(int status)
    {
        switch (status)
        {
            case 0:
                return;
            case NoRoom:
                throw new ModelException(ModelErrorCodes.ContextFull, "There is no room in the context for these tokens; remove a sequence or make the context larger.");
            case Stopped:
                throw new OperationCanceledException("The computation was stopped.");
            default:
                throw new ModelException(ModelErrorCodes.NativeFailure, $"The library could not compute these tokens (status {status}).");
        }
    }

    private void CheckSequence(int sequence) => Require(sequence >= 0 && sequence < Sequences, $"Sequence {sequence} is not one of the {Sequences} of this context.");

    private void CheckMemory() => Require(HasMemory, "This model keeps no sequences.");

    private void CheckTokens(ReadOnlySpan<int> tokens)
    {
        Require(!tokens.IsEmpty && tokens.Length <= Batch, $"One call computes 1 to {Batch} tokens, not {tokens.Length}.");
        foreach (int token in tokens)
        {
            Require(model.Vocabulary.Contains(token), $"Token {token} is not one of the {model.Vocabulary.Count} of this model.");
        }
    }
}
