using System.Collections.Immutable;
using MemOS.Evaluation.Datasets;

namespace MemOS.RankingTrainer;

/// <summary>The best documents for one question, measured, with what of them is evidence.</summary>
/// <param name="Dataset">The data set.</param>
/// <param name="Conversation">The conversation that the question is about.</param>
/// <param name="Category">The kind of question.</param>
/// <param name="Split">Whether it may be learned from.</param>
/// <param name="Evidence">How many messages are evidence, in the pool or not.</param>
/// <param name="Documents">The documents.</param>
internal sealed record LabelledPool(
    string Dataset, string Conversation, string Category, DatasetSplit Split, int Evidence, ImmutableArray<LabelledDocument> Documents);
