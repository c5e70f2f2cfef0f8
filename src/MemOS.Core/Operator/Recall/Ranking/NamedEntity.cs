using MemOS.Operator.Recall.Indexing;

namespace MemOS.Operator.Recall.Ranking;

/// <summary>A speaker or entity that the question names.</summary>
/// <param name="Postings">The documents by the speaker or with the entity.</param>
/// <param name="Weight">How much it says, from 0 to 1.</param>
internal readonly record struct NamedEntity(PostingList Postings, float Weight);
