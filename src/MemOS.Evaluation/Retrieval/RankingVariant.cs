using MemOS.Operator.Recall;

namespace MemOS.Evaluation.Retrieval;

/// <summary>One way to rank, under the name that its report gets.</summary>
/// <param name="Name">The name.</param>
/// <param name="Options">The weights.</param>
public sealed record RankingVariant(string Name, RecallOptions Options);
