using MemOS.Operator.Recall.Indexing;

namespace MemOS.Operator.Recall.Ranking;

/// <summary>A word of the question.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Postings">Where it occurs, or null.</param>
/// <param name="Rarity">Its inverse document frequency; more than 0.</param>
/// <param name="IsSpeaker">Whether it names a speaker.</param>
internal readonly record struct QueryTerm(ulong Key, PostingList? Postings, float Rarity, bool IsSpeaker);
