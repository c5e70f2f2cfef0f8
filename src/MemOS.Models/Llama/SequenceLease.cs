using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using MemOS.Models.Llama.Hosting;
using MemOS.Models.Llama.Protocol;

namespace MemOS.Models.Llama;

/// <summary>A sequence of a local model's context, ours until disposed; then it is emptied. It ends with the process that holds it.</summary>
internal sealed class SequenceLease : IAsyncDisposable
{
    private readonly LocalModel model;
    private readonly HostSession session;
    private readonly int tokens;
    private int isDisposed;

    internal SequenceLease(LocalModel model, HostSession session, int sequence, int tokens) => (this.model, this.session, Sequence, this.tokens) = (model, session, sequence, tokens);

    /// <summary>Its number, for steps.</summary>
    public int Sequence { get; }

    /// <summary>The model as the process loaded it.</summary>
    public ModelDescription Model => session.Model;

    /// <summary>Whether the process that holds it runs; false when it ended, and the sequence with it.</summary>
    public bool IsRunning => session.IsRunning;

    /// <summary>Whether two leases belong to the same process, so that steps can name both.</summary>
    public bool IsWith(SequenceLease other) => session == other.session;

    /// <summary>Does steps in order, with nothing of others between them.</summary>
    /// <param name="steps">Steps; they may name any sequence that is rented from the same process.</param>
    /// <param name="numbers">The tokens and values that steps take, one after the other; 4 bytes each.</param>
    /// <param name="cancellationToken">Ends the work; a run under way leaves its sequence as it was before it.</param>
    /// <returns>A result for each step, and the logits that were asked for, row after row.</returns>
    public Task<StepResults> RunAsync(IReadOnlyList<SequenceStep> steps, ReadOnlyMemory<byte> numbers = default, CancellationToken cancellationToken = default) =>
        RunAsync(new RunRequest(steps), numbers, cancellationToken);

    /// <summary>Does quick steps without waiting for the answers of others; nothing else may have been asked about their sequences.</summary>
    public Task<StepResults> RunSoonAsync(IReadOnlyList<SequenceStep> steps, CancellationToken cancellationToken = default) => RunAsync(new RunRequest(steps, Soon: true), default, cancellationToken);

    private async Task<StepResults> RunAsync(RunRequest request, ReadOnlyMemory<byte> numbers, CancellationToken cancellationToken)
    {
        StepResults? results = null;
        await foreach ((HostReply reply, byte[] payload) in model.AskAsync(session, request, numbers, cancellationToken).ConfigureAwait(false))
        {
            results = new StepResults(((RunReply)reply).Results, MemoryMarshal.Cast<byte, float>(payload).ToArray(), session.Model.Vocabulary);
        }

        return results ?? throw new InvalidDataException("The host ended a request without its results.");
    }

    /// <summary>Computes tokens at the end of the sequence.</summary>
    public Task<StepResults> DecodeAsync(ReadOnlyMemory<int> tokens, int position, Outputs outputs, CancellationToken cancellationToken = default) =>
        RunAsync([new DecodeStep(Sequence, position, tokens.Length, outputs)], LocalModel.ToBytes(tokens.Span), cancellationToken);

    /// <summary>Loads an adapter, so that an <see cref="AdaptersStep"/> can name it by this path.</summary>
    public Task LoadAdapterAsync(string path, CancellationToken cancellationToken = default) => model.LoadAdapterAsync(session, path, cancellationToken);

    /// <summary>Goes on with the sequence: computes the prompt, then chooses tokens.</summary>
    /// <param name="prompt">At least one token.</param>
    /// <param name="position">Of its first token; what the sequence holds from there on is dropped.</param>
    /// <param name="request">How to choose and when to end.</param>
    /// <param name="cancellationToken">Ends it; what was computed is dropped.</param>
    /// <returns>Pieces of text as they come; the last carries the summary.</returns>
    public async IAsyncEnumerable<GeneratedPiece> GenerateAsync(ReadOnlyMemory<int> prompt, int position, GenerationRequest request, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        foreach (AdapterUse adapter in request.Adapters)
        {
            await LoadAdapterAsync(adapter.Path, cancellationToken).ConfigureAwait(false);
        }

        Steering steering = request.Steering ?? new Steering([], 0, 0);
        AdapterUse[] adapters = [.. request.Adapters.Select(adapter => adapter with { Path = Path.GetFullPath(adapter.Path) })];
        GenerateRequest asked = new(Sequence, position, request.MostTokens, request.Sampling, request.StopTexts, steering.Values.Length, steering.FirstLayer, steering.LastLayer, adapters);
        byte[] numbers = [.. LocalModel.ToBytes(prompt.Span), .. LocalModel.ToBytes<float>(steering.Values)];
        await foreach ((HostReply reply, byte[] payload) in model.AskAsync(session, asked, numbers, cancellationToken).ConfigureAwait(false))
        {
            string text = Encoding.UTF8.GetString(payload);
            yield return reply is GeneratedReply end
                ? new GeneratedPiece(text, null, new GenerationSummary(end.End, end.PromptTokens, end.GeneratedTokens, TimeSpan.FromMilliseconds(end.PromptMilliseconds), TimeSpan.FromMilliseconds(end.GeneratedMilliseconds)))
                : new GeneratedPiece(text, ((TokenReply)reply).Token, null);
        }
    }

    /// <summary>As <see cref="LocalModel.TrainPrefixAsync"/>, in this sequence and another empty one of the same process.</summary>
    public async Task<TrainedPrefix> TrainPrefixAsync(
        SequenceLease scratch, ReadOnlyMemory<int> head, ReadOnlyMemory<int> text, IReadOnlyList<int[]> questions, PrefixPlan plan, string path, IProgress<(int Step, double Divergence)>? told, CancellationToken cancellationToken)
    {
        TrainPrefixRequest request = new(Sequence, scratch.Sequence, Path.GetFullPath(path), head.Length, text.Length, [.. questions.Select(question => question.Length)], plan);
        byte[] tokens = [.. LocalModel.ToBytes(head.Span), .. LocalModel.ToBytes(text.Span), .. questions.SelectMany(question => LocalModel.ToBytes<int>(question))];
        TrainedPrefix? result = null;
        await foreach ((HostReply reply, _) in model.AskAsync(session, request, tokens, cancellationToken).ConfigureAwait(false))
        {
            result = (reply as TrainedReply)?.Result;
            if (reply is TrainingReply step)
            {
                told?.Report((step.Step, step.Divergence));
            }
        }

        return result ?? throw new InvalidDataException("The host ended a request without its results.");
    }

    public ValueTask DisposeAsync() => LeaveAsync(soon: false);

    /// <summary>As <see cref="DisposeAsync"/>, without waiting for the answers of others; nothing may be under way about the sequence.</summary>
    public ValueTask LeaveSoonAsync() => LeaveAsync(soon: true);

    private async ValueTask LeaveAsync(bool soon)
    {
        if (Interlocked.Exchange(ref isDisposed, 1) != 0)
        {
            return;
        }

        try
        {
            if (session.IsRunning)
            {
                await RunAsync(new RunRequest([new RemoveStep(Sequence)], soon), default, CancellationToken.None).ConfigureAwait(false);
            }
        }
        catch (ModelException)
        {
            // The process went, and the sequence with it.
        }
        finally
        {
            session.Room.Leave(tokens, Sequence);
            model.Leave();
        }
    }
}
