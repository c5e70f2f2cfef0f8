namespace MemOS.Evaluation.LoCoMo;

/// <summary>How far a run has come.</summary>
/// <param name="Conversation">The conversation at hand.</param>
/// <param name="Questions">Questions answered, in all conversations.</param>
/// <param name="Total">Questions in all.</param>
public readonly record struct LoCoMoProgress(string Conversation, int Questions, int Total);
