using MemOS.Models.Llama;

namespace MemOS.Activation;

/// <summary>A sequence that holds memories, ready to go on with a conversation. Dispose it: it is one of few.</summary>
/// <param name="Sequence">The sequence.</param>
/// <param name="Position">Where it goes on.</param>
/// <param name="Rest">The tokens of the conversation, up to where the answer begins.</param>
/// <param name="Parts">The memories in it; those that were mounted name their state.</param>
internal sealed record OpenContext(SequenceLease Sequence, int Position, int[] Rest, IReadOnlyList<ContextPart> Parts) : IAsyncDisposable
{
    /// <summary>Answers.</summary>
    public IAsyncEnumerable<GeneratedPiece> GenerateAsync(GenerationRequest request, CancellationToken cancellationToken = default) =>
        Sequence.GenerateAsync(Rest, Position, request, cancellationToken);

    public ValueTask DisposeAsync() => Sequence.DisposeAsync();
}
