using System.Collections.Immutable;

namespace MemOS.Evaluation.Answers;

/// <summary>How one system did.</summary>
/// <param name="System">The system.</param>
/// <param name="Questions">The questions it was asked.</param>
/// <param name="Score">Its mean score.</param>
/// <param name="Low">The lower end of the 95 % bootstrap interval.</param>
/// <param name="High">The upper end.</param>
/// <param name="Refusals">Prompts that the endpoint refused; they count as wrong.</param>
/// <param name="ContextTokens">The tokens of context of a question, mean, estimated.</param>
/// <param name="Answering">The tokens of all answers.</param>
/// <param name="Judging">The tokens of all judgements.</param>
/// <param name="P50Ms">The time to an answer, median in milliseconds.</param>
/// <param name="P95Ms">The 95th percentile.</param>
/// <param name="Categories">The mean score of each category.</param>
public sealed record AnswerSummary(
    string System, int Questions, double Score, double Low, double High, int Refusals, double ContextTokens, TokenUsage Answering, TokenUsage Judging,
    double P50Ms, double P95Ms, ImmutableSortedDictionary<string, double> Categories);
