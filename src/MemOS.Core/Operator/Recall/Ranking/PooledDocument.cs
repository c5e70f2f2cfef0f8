namespace MemOS.Operator.Recall.Ranking;

/// <summary>One of the best documents of a search before the second look, as it is learned from.</summary>
/// <param name="Sequence">The version's sequence number.</param>
/// <param name="Score">What the legs gave it.</param>
/// <param name="Features">Its features, in the order of <see cref="RankingFeature"/>.</param>
internal readonly record struct PooledDocument(long Sequence, float Score, float[] Features);
