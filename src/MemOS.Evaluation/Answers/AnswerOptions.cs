using System.Collections.Immutable;
using MemOS.Evaluation.Datasets;

namespace MemOS.Evaluation.Answers;

/// <summary>How a run that answers and judges is done.</summary>
public sealed record AnswerOptions
{
    /// <summary>The names of all systems: recall of MemOS, plain retrieval at the same budget, and everything.</summary>
    public static ImmutableArray<string> AllSystems { get; } = ["memos", "rag", "full"];

    /// <summary>The model that answers, as the endpoint names it.</summary>
    public required string Model { get; init; }

    /// <summary>The model that judges, as the endpoint names it.</summary>
    public required string JudgeModel { get; init; }

    /// <summary>The systems to compare.</summary>
    public ImmutableArray<string> Systems { get; init; } = AllSystems;

    /// <summary>The tokens of context for <c>memos</c> and <c>rag</c>, 1,600 by default.</summary>
    public int Budget { get; init; } = 1600;

    /// <summary>Which conversations are taken.</summary>
    public ConversationSelection Selection { get; init; } = ConversationSelection.All;

    /// <summary>At most so many questions; null for all.</summary>
    public int? Limit { get; init; }
}
