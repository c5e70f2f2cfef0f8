using MemOS.Operator.Recall.Indexing;

namespace MemOS.Operator.Recall.Filters;

/// <summary>The documents that a filter is evaluated for.</summary>
/// <param name="State">The index.</param>
/// <param name="Columns">Its columns, read after the count.</param>
/// <param name="Count">The number of documents.</param>
internal sealed record FilterScope(IndexState State, Columns Columns, int Count);
