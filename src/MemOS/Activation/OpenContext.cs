using MemOS.Models.Llama;

namespace MemOS.Activation;

/// <summary>A sequence that holds memories, ready to go on with a conversation. Dispose it: it is one of few.</summary>
/// <param name="Sequence">The sequence.</param>
/// <param name="Position">Where it goes on.</param>
/// <param name="Rest">The tokens of the conversation, up to where the answer begins.</param>
/// <param name="Parts">The memories in it; those that were mounted name their state.</param>
internal sealed record OpenContext(SequenceLease Sequence, int Position, int[] Rest, IReadOnlyList<ContextPart> Parts) : IAsyncDisposable
{
    /// <summary>Whether the state that it begins with was in the model's memory already.</summary>
    public bool IsLoaded { get; init; }

    /// <summary>Each memory once, with the form or forms that it has in the context.</summary>
    public IReadOnlyList<UsedMemory> Used =>
    [
        .. Parts.SelectMany(part => part.Cubes.Select(cube => (cube.Id, part.State))).GroupBy(one => one.Id)
            .Select(forms => new UsedMemory(forms.Key, forms.Select(form => form.State).FirstOrDefault(state => state is not null), forms.Any(form => form.State is null))),
    ];

    /// <summary>Answers.</summary>
    public IAsyncEnumerable<GeneratedPiece> GenerateAsync(GenerationRequest request, CancellationToken cancellationToken = default) =>
        Sequence.GenerateAsync(Rest, Position, request, cancellationToken);

    public ValueTask DisposeAsync() => Sequence.DisposeAsync();
}
