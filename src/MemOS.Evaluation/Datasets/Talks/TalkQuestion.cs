using System.Collections.Immutable;

namespace MemOS.Evaluation.Datasets.Talks;

/// <summary>A question about a <see cref="TalkFile"/>.</summary>
public sealed record TalkQuestion
{
    /// <summary>Its id, unique within the talk.</summary>
    public required string Id { get; init; }

    /// <summary>
    /// <c>single-fact</c>, <c>standing-instruction</c> (the text is a request that falls under it), <c>updated-value</c> (the newest statement is the
    /// evidence), <c>multi-evidence</c>, <c>order</c>, or <c>abstention</c> (nothing was said).
    /// </summary>
    public required string Category { get; init; }

    /// <summary>The question or request.</summary>
    public required string Text { get; init; }

    /// <summary>The ids of the messages that hold the evidence; empty for an abstention.</summary>
    public required ImmutableArray<string> Evidence { get; init; }
}
