namespace MemOS.Evaluation.Answers;

/// <summary>One question, answered by one system and judged: a line of the run's file.</summary>
/// <param name="System">The system.</param>
/// <param name="Conversation">The conversation.</param>
/// <param name="Question">The question's id in it.</param>
/// <param name="Category">Its category.</param>
/// <param name="Score">From 0 to 1: right or wrong, or the share of the points that are met.</param>
/// <param name="Answer">What the model answered.</param>
/// <param name="ContextTokens">The tokens of the context, estimated as characters / 4.</param>
/// <param name="Answering">What answering took.</param>
/// <param name="Judging">What judging took.</param>
/// <param name="Milliseconds">The time until the answer was there, without judging.</param>
/// <param name="Refusal">The HTTP status with which the endpoint refused the prompt, for example because it was too long; null when it did not. Counts as wrong.</param>
public sealed record AnswerRecord(
    string System, string Conversation, string Question, string Category, double Score, string Answer, int ContextTokens,
    TokenUsage Answering, TokenUsage Judging, double Milliseconds, int? Refusal);
