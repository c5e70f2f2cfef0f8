namespace MemOS.Reader.Documents;

/// <summary>A piece of a document that can stand alone: <paramref name="Text"/> is the source from Start on, to the letter.</summary>
/// <param name="Text">The passage as it stands in the source, with its markup.</param>
/// <param name="Start">Where it starts in the source, in UTF-16 code units.</param>
/// <param name="Length">How long it is, in UTF-16 code units.</param>
/// <param name="Headings">The headings above it, outermost first, as plain text; the one it opens with is the last.</param>
public sealed record DocumentPassage(string Text, int Start, int Length, IReadOnlyList<string> Headings);
