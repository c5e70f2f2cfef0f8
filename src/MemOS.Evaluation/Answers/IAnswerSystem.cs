using MemOS.Evaluation.Datasets;

namespace MemOS.Evaluation.Answers;

/// <summary>A way to choose what a model is given for a question.</summary>
internal interface IAnswerSystem : IAsyncDisposable
{
    /// <summary>Its name: <c>memos</c>, <c>rag</c> or <c>full</c>.</summary>
    string Name { get; }

    /// <summary>Takes in a conversation; the one before is forgotten.</summary>
    Task BeginAsync(LabelledConversation conversation, CancellationToken cancellationToken);

    /// <summary>What is given, in any order; lines are sorted by time before they are written into the prompt.</summary>
    Task<IReadOnlyList<ContextLine>> ContextAsync(LabelledQuestion question, DateTimeOffset askedAt, CancellationToken cancellationToken);
}
