using System.Collections.Immutable;

namespace MemOS.Operator.Recall;

/// <summary>The sentences of a memory that answer a question best, in their order.</summary>
/// <param name="Text">The sentences; <c>…</c> stands for what is left out before, between and after them.</param>
/// <param name="Spans">Where they stand in the text of the cube; each holds one or several whole sentences.</param>
public sealed record Excerpt(string Text, ImmutableArray<TextSpan> Spans);
