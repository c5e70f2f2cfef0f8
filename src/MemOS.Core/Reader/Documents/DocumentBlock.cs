namespace MemOS.Reader.Documents;

/// <summary>A block of a document, from its first character to that of the next block.</summary>
/// <param name="Start">Where it starts in the source.</param>
/// <param name="End">The position after it; white space at the end belongs to it.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Level">The level of a heading, 1 to 6.</param>
/// <param name="Title">The plain text of a heading.</param>
internal readonly record struct DocumentBlock(int Start, int End, DocumentBlockKind Kind, int Level = 0, string Title = "");
