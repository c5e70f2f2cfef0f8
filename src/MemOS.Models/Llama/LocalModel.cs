using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using MemOS.Models.Llama.Hosting;
using MemOS.Models.Llama.Protocol;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace MemOS.Models.Llama;

/// <summary>A model file that runs in a process of its own, which is started at the first request, ended when idle, and started anew after a crash.</summary>
/// <remarks>
/// Safe from any thread. A native crash, a hang or a lack of memory fails the requests under way with a <see cref="ModelException"/>; the next one works.
/// Sequences and what they hold end with the process: what is to last is saved to files.
/// </remarks>
public sealed class LocalModel : IAsyncDisposable
{
    private readonly LocalModelOptions options;
    private readonly bool allowFaults;
    private readonly TimeProvider clock;
    private readonly ILogger logger;
    private readonly SemaphoreSlim gate = new(1, 1);
    private readonly ITimer idleTimer;
    private readonly WaitingLine line;
    private HostSession? session;
    private int users;
    private bool isDisposed;

    /// <summary>Names the model; nothing is started or read yet.</summary>
    /// <param name="options">The file and how it runs.</param>
    /// <param name="clock">Where time comes from; the system's by default.</param>
    /// <param name="logger">Told of starts and ends, and at level Debug what the native library says.</param>
    public LocalModel(LocalModelOptions options, TimeProvider? clock = null, ILogger<LocalModel>? logger = null)
        : this(options, clock, logger, allowFaults: false)
    {
    }

    internal LocalModel(LocalModelOptions options, TimeProvider? clock, ILogger? logger, bool allowFaults)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        this.options = options;
        this.allowFaults = allowFaults;
        this.clock = clock ?? TimeProvider.System;
        this.logger = logger ?? NullLogger.Instance;
        line = new WaitingLine(options.MostWaiting);
        idleTimer = this.clock.CreateTimer(_ => EndIdle(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>The name of the file, without extension.</summary>
    public string Name => Path.GetFileNameWithoutExtension(options.Path);

    /// <summary>The process that holds the model now, or null.</summary>
    internal int? ProcessId => Volatile.Read(ref session)?.ProcessId;

    /// <summary>What the file holds; loads it.</summary>
    public Task<ModelDescription> DescribeAsync(CancellationToken cancellationToken = default) =>
        UseAsync(used => Task.FromResult(used.Model), cancellationToken);

    /// <summary>Cuts text into tokens.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="addSpecial">Whether the tokens that begin and end a text are added as the model wants them.</param>
    /// <param name="parseSpecial">Whether marks such as those of roles become their tokens; false for text from outside.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<int[]> TokenizeAsync(string text, bool addSpecial, bool parseSpecial, CancellationToken cancellationToken = default) =>
        (await TokenizeAsync([new TextPiece(text, addSpecial, parseSpecial)], cancellationToken).ConfigureAwait(false))[0];

    /// <summary>Tokens of texts, each cut by itself, in one call of the process.</summary>
    internal Task<int[][]> TokenizeAsync(IReadOnlyList<TextPiece> pieces, CancellationToken cancellationToken) => AgainAsync(async used =>
    {
        byte[] bytes = await BytesAsync(used, new TokenizeRequest(pieces), default, cancellationToken).ConfigureAwait(false);
        int[][] cut = new int[pieces.Count][];
        ReadOnlySpan<int> rest = MemoryMarshal.Cast<byte, int>(bytes);
        for (int i = 0; i < cut.Length; i++)
        {
            cut[i] = rest.Slice(1, rest[0]).ToArray();
            rest = rest[(1 + cut[i].Length)..];
        }

        return cut;
    }, cancellationToken);

    /// <summary>The text of tokens.</summary>
    /// <param name="tokens">Tokens of this model.</param>
    /// <param name="special">Whether marks are written out.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<string> TextOfAsync(ReadOnlyMemory<int> tokens, bool special = false, CancellationToken cancellationToken = default) =>
        AgainAsync(async used => Encoding.UTF8.GetString(await BytesAsync(used, new TextRequest(special), ToBytes(tokens.Span), cancellationToken).ConfigureAwait(false)), cancellationToken);

    /// <summary>A conversation as the model's template writes it.</summary>
    /// <param name="turns">At least one message.</param>
    /// <param name="askAnswer">Whether it ends where the answer begins.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="ModelException">The file has no template, or one that the library does not know.</exception>
    public Task<string> RenderAsync(IReadOnlyList<ChatTurn> turns, bool askAnswer = true, CancellationToken cancellationToken = default) =>
        AgainAsync(async used => Encoding.UTF8.GetString(await BytesAsync(used, new RenderRequest(turns, askAnswer), default, cancellationToken).ConfigureAwait(false)), cancellationToken);

    /// <summary>Embeddings of texts, as the model gives them; not brought to length 1.</summary>
    /// <exception cref="ModelException">A text is longer than the model takes, or the model makes no embeddings.</exception>
    public Task<float[][]> EmbedAsync(IReadOnlyList<string> texts, CancellationToken cancellationToken = default) => UseAsync(async used =>
    {
        float[] values = MemoryMarshal.Cast<byte, float>(await BytesAsync(used, new EmbedRequest(texts), default, cancellationToken).ConfigureAwait(false)).ToArray();
        return values.Chunk(used.Model.EmbeddingWidth).ToArray();
    }, cancellationToken);

    /// <summary>What leaves the layers of the model for texts: the mean over their tokens, of the model's width for each layer from layer 1, text by text.</summary>
    /// <param name="texts">At least one, each of two tokens or more.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    internal Task<float[][]> ObserveAsync(IReadOnlyList<int[]> texts, CancellationToken cancellationToken = default) => UseAsync(async used =>
    {
        byte[] tokens = [.. texts.SelectMany(text => ToBytes<int>(text))];
        float[] values = MemoryMarshal.Cast<byte, float>(await BytesAsync(used, new ObserveRequest([.. texts.Select(text => text.Length)]), tokens, cancellationToken).ConfigureAwait(false)).ToArray();
        return values.Chunk(used.Model.Width * (used.Model.Layers - 1)).ToArray();
    }, cancellationToken);

    /// <summary>Told of tokens that somebody waits for: what is in the context only for convenience may leave.</summary>
    internal event Action<int>? RoomWanted;

    /// <summary>Rents a sequence of the context. While it is rented the process is not ended as idle.</summary>
    /// <param name="tokens">Tokens that it may come to hold, for which room is waited for; more than the context has count as all of it. 0, the default, takes its chance.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="ModelException"><see cref="ModelErrorCodes.Busy"/>: too many wait already.</exception>
    internal async Task<SequenceLease> RentSequenceAsync(long tokens = 0, CancellationToken cancellationToken = default) =>
        (await RentSequencesAsync(1, tokens, cancellationToken).ConfigureAwait(false))[0];

    /// <summary>Rents several sequences at once, as one; the first holds the tokens.</summary>
    internal async Task<SequenceLease[]> RentSequencesAsync(int count, long tokens, CancellationToken cancellationToken = default) =>
        await RentAsync(tokens, count, waits: true, cancellationToken).ConfigureAwait(false) ?? throw new InvalidOperationException("Who waits gets sequences.");

    /// <summary>Rents a sequence where there is one, and room for its tokens, now; null where not.</summary>
    internal async Task<SequenceLease?> TryRentSequenceAsync(long tokens, CancellationToken cancellationToken = default) =>
        (await RentAsync(tokens, 1, waits: false, cancellationToken).ConfigureAwait(false))?[0];

    /// <summary>
    /// Overwrites what was dropped from the process's memory; what answers under way and sequences still hold is overwritten when they end. Starts nothing. Where the
    /// library lays this model's states out in a way that is not known here, the process is ended instead.
    /// </summary>
    internal async Task EraseAsync()
    {
        if (Volatile.Read(ref session) is not { IsRunning: true } used)
        {
            return;
        }

        try
        {
            await BytesAsync(used, new RunRequest([new EraseStep()], Soon: true), default, CancellationToken.None).ConfigureAwait(false);
        }
        catch (ModelException exception)
        {
            HostLog.NotErased(logger, used.ProcessId, exception.Code);
            await used.EndAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Takes a place among the answers that wait, whatever for; to be disposed when the answer begins.</summary>
    /// <exception cref="ModelException"><see cref="ModelErrorCodes.Busy"/>: too many wait already.</exception>
    internal IDisposable WaitForAnswer() => line.Enter();

    /// <summary>The same file in a process of its own, for work that would hold up the answers of this one; processors serve it after others.</summary>
    /// <param name="contextTokens">Tokens that its sequences may hold.</param>
    internal LocalModel Beside(int contextTokens) => new(options with { ContextTokens = contextTokens, Sequences = 2, StandsBack = true }, clock, logger, allowFaults);

    /// <summary>Refuses a model that <see cref="TrainPrefixAsync"/> would refuse for what it is.</summary>
    /// <exception cref="ModelException"><see cref="ModelErrorCodes.TrainingUnsupported"/> where it is of a kind that is not trained for.</exception>
    internal void RequireTrainable() => Training.TrainableModel.Open(options.Path);

    /// <summary>Trains a prefix of few positions that stands for a longer text, and saves its state. It works for as long as it takes, before every other request.</summary>
    /// <param name="head">Tokens in front of the text; at least one.</param>
    /// <param name="text">Tokens of the text.</param>
    /// <param name="questions">What is asked about it, each as it stands behind the text, up to where the answer begins.</param>
    /// <param name="plan">How; <see cref="PrefixPlan.Threads"/> of 0 are those of the model.</param>
    /// <param name="path">Where the state goes.</param>
    /// <param name="told">Told of steps done and the mean divergence of the last ones; may be null.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="ModelException"><see cref="ModelErrorCodes.TrainingUnsupported"/> where the model is of a kind that is not trained for.</exception>
    internal async Task<TrainedPrefix> TrainPrefixAsync(
        ReadOnlyMemory<int> head, ReadOnlyMemory<int> text, IReadOnlyList<int[]> questions, PrefixPlan plan, string path, IProgress<(int Step, double Divergence)>? told = null, CancellationToken cancellationToken = default)
    {
        SequenceLease[] rented = await RentSequencesAsync(2, 0, cancellationToken).ConfigureAwait(false);
        (SequenceLease sequence, SequenceLease scratch) = (rented[0], rented[1]);
        await using (sequence.ConfigureAwait(false))
        {
            await using (scratch.ConfigureAwait(false))
            {
                return await sequence.TrainPrefixAsync(scratch, head, text, questions, plan with { Threads = plan.Threads == 0 ? options.Threads : plan.Threads }, path, told, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Ends the process; a request under way fails.</summary>
    public async ValueTask DisposeAsync()
    {
        await gate.WaitAsync().ConfigureAwait(false);
        HostSession? last = session;
        session = null;
        isDisposed = true;
        gate.Release();
        await idleTimer.DisposeAsync().ConfigureAwait(false);
        if (last is not null)
        {
            await last.DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Loads an adapter into the process; steps may name it then.</summary>
    internal Task LoadAdapterAsync(HostSession used, string path, CancellationToken cancellationToken) => BytesAsync(used, new LoadAdapterRequest(Path.GetFullPath(path)), default, cancellationToken);

    internal Task BreakAsync(HostFault fault, CancellationToken cancellationToken = default) =>
        UseAsync(used => BytesAsync(used, new FaultRequest(fault), default, cancellationToken), cancellationToken);

    /// <summary>Asks the process of a lease.</summary>
    internal async IAsyncEnumerable<(HostReply Reply, byte[] Payload)> AskAsync(HostSession used, HostRequest request, ReadOnlyMemory<byte> payload, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using IAsyncEnumerator<(HostReply Reply, byte[] Payload)> replies = used.AskAsync(request, payload, cancellationToken).GetAsyncEnumerator(cancellationToken);
        while (true)
        {
            try
            {
                if (!await replies.MoveNextAsync().ConfigureAwait(false))
                {
                    yield break;
                }
            }
            catch (ModelException exception) when (!used.IsRunning)
            {
                HostLog.Failed(logger, used.ProcessId, exception.Code);
                throw;
            }

            yield return replies.Current;
        }
    }

    internal void Leave()
    {
        if (Interlocked.Decrement(ref users) == 0)
        {
            try
            {
                idleTimer.Change(options.IdleTimeout, Timeout.InfiniteTimeSpan);
            }
            catch (ObjectDisposedException)
            {
                // Disposed meanwhile: the process is gone anyway.
            }
        }
    }

    internal static byte[] ToBytes<T>(ReadOnlySpan<T> values)
        where T : unmanaged => MemoryMarshal.AsBytes(values).ToArray();

    private async Task<T> UseAsync<T>(Func<HostSession, Task<T>> use, CancellationToken cancellationToken)
    {
        HostSession used = await EnterAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await use(used).ConfigureAwait(false);
        }
        finally
        {
            Leave();
        }
    }

    // For what is quickly done and leaves nothing behind: it waits behind the work of others, whose crash is not its fault.
    private async Task<T> AgainAsync<T>(Func<HostSession, Task<T>> use, CancellationToken cancellationToken)
    {
        try
        {
            return await UseAsync(use, cancellationToken).ConfigureAwait(false);
        }
        catch (ModelException exception) when (exception is { Code: ModelErrorCodes.HostCrashed or ModelErrorCodes.HostStalled, IsTransient: true })
        {
            return await UseAsync(use, cancellationToken).ConfigureAwait(false);
        }
    }

    // The session to use, started if there is none that runs; it is not ended as idle until Leave.
    private async Task<HostSession> EnterAsync(CancellationToken cancellationToken)
    {
        await gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            ObjectDisposedException.ThrowIf(isDisposed, this);
            if (session is { IsRunning: false } broken)
            {
                session = null;
                await broken.DisposeAsync().ConfigureAwait(false);
            }

            session ??= new HostSession(await HostProcess.StartAsync(options, allowFaults, clock, logger, cancellationToken).ConfigureAwait(false), options, clock);
            Interlocked.Increment(ref users);
            return session;
        }
        finally
        {
            gate.Release();
        }
    }

    // The first lease holds the tokens; null where there is no room and nobody waits for it.
    private async Task<SequenceLease[]?> RentAsync(long tokens, int count, bool waits, CancellationToken cancellationToken)
    {
        while (true)
        {
            HostSession used = await EnterAsync(cancellationToken).ConfigureAwait(false);
            int[]? sequences = null;
            try
            {
                int wanted = (int)Math.Clamp(tokens, 0, used.Model.Context);
                sequences = count <= used.Model.Sequences ? used.Room.TryEnter(wanted, count)
                    : throw new ModelException(ModelErrorCodes.InvalidRequest, $"{count} sequences are needed at once, and the context keeps {used.Model.Sequences} apart; give it more.");
                if (sequences is null && waits)
                {
                    RoomWanted?.Invoke(wanted);
                    sequences = await used.Room.EnterAsync(wanted, count, cancellationToken).ConfigureAwait(false);
                }

                if (sequences is not null)
                {
                    Interlocked.Add(ref users, count - 1); // each lease leaves by itself
                    return [.. sequences.Select((sequence, place) => new SequenceLease(this, used, sequence, place == 0 ? wanted : 0))];
                }
            }
            finally
            {
                if (sequences is null)
                {
                    Leave();
                }
            }

            if (!waits)
            {
                return null;
            }

            // The process ended while this one waited: the next one has room of its own.
        }
    }

    private void EndIdle()
    {
        if (!gate.Wait(0))
        {
            return; // somebody enters just now
        }

        HostSession? ended = null;
        try
        {
            if (Volatile.Read(ref users) == 0 && session is not null)
            {
                (ended, session) = (session, null);
                HostLog.Idle(logger, ended.ProcessId);
            }
        }
        finally
        {
            gate.Release();
        }

        _ = ended?.DisposeAsync().AsTask();
    }

    private async Task<byte[]> BytesAsync(HostSession used, HostRequest request, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken)
    {
        byte[] bytes = [];
        await foreach ((_, byte[] received) in AskAsync(used, request, payload, cancellationToken).ConfigureAwait(false))
        {
            bytes = received;
        }

        return bytes;
    }
}
