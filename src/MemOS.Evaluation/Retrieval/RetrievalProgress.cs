namespace MemOS.Evaluation.Retrieval;

/// <summary>How far a run has come.</summary>
/// <param name="Conversation">The conversation at hand.</param>
/// <param name="Questions">Questions answered so far.</param>
public readonly record struct RetrievalProgress(string Conversation, int Questions);
