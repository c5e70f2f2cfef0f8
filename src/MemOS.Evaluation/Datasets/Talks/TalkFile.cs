using System.Collections.Immutable;

namespace MemOS.Evaluation.Datasets.Talks;

/// <summary>The file form of our own labelled talks.</summary>
public sealed record TalkFile
{
    /// <summary>The talk's name, unique within the set.</summary>
    public required string Name { get; init; }

    /// <summary>The language that is spoken, as a BCP 47 tag.</summary>
    public required string Language { get; init; }

    /// <summary>The messages, in order.</summary>
    public required ImmutableArray<TalkMessage> Messages { get; init; }

    /// <summary>The questions, asked after the last message.</summary>
    public required ImmutableArray<TalkQuestion> Questions { get; init; }
}
