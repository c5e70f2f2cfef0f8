using System.Collections.Immutable;

namespace MemOS.Evaluation.Reports;

/// <summary>The scores of one question. Holds ids, never text of the data set.</summary>
/// <param name="Conversation">The conversation.</param>
/// <param name="Id">The question's id in it.</param>
/// <param name="Category">Its category.</param>
/// <param name="Scores">A value for each of the report's metrics, in that order; null where the data set does not say enough.</param>
/// <param name="Gold">The ids of the messages that hold the evidence.</param>
/// <param name="Top">The ids that the first ten hits came from; several ids of one hit are joined by '+'.</param>
public sealed record QuestionScore(
    string Conversation, string Id, string Category, ImmutableArray<double?> Scores, ImmutableArray<string> Gold, ImmutableArray<string> Top);
