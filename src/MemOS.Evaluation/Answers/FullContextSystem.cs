using MemOS.Evaluation.Datasets;

namespace MemOS.Evaluation.Answers;

/// <summary>Gives the model everything: what a memory has to be compared with where everything fits.</summary>
internal sealed class FullContextSystem : IAnswerSystem
{
    private IReadOnlyList<ContextLine> _lines = [];

    public string Name => "full";

    public Task BeginAsync(LabelledConversation conversation, CancellationToken cancellationToken)
    {
        _lines = [.. conversation.Messages.Select(ContextLine.Of)];
        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<ContextLine>> ContextAsync(LabelledQuestion question, DateTimeOffset askedAt, CancellationToken cancellationToken) => Task.FromResult(_lines);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
