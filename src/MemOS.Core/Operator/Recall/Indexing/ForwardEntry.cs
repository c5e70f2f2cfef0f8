namespace MemOS.Operator.Recall.Indexing;

/// <summary>Where <see cref="Postings"/> keeps the terms of a document.</summary>
/// <param name="Page">The page.</param>
/// <param name="Start">The first entry on it.</param>
/// <param name="Count">How many.</param>
internal readonly record struct ForwardEntry(int Page, int Start, int Count);
