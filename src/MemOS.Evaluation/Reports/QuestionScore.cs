using System.Collections.Immutable;

namespace MemOS.Evaluation.Reports;

/// <summary>The scores of one question. Holds ids, never text of the data set.</summary>
/// <param name="Conversation">The conversation.</param>
/// <param name="Index">The question's place in the conversation's file, from 0.</param>
/// <param name="Category">Its category.</param>
/// <param name="Scores">A value for each of the report's metrics, in that order.</param>
/// <param name="Gold">The ids of the gold turns.</param>
/// <param name="Top">The ids that the first ten hits came from; several ids of one hit are joined by '+'.</param>
public sealed record QuestionScore(
    string Conversation, int Index, int Category, ImmutableArray<double> Scores, ImmutableArray<string> Gold, ImmutableArray<string> Top);
