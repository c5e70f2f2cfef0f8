using System.Collections.Immutable;

namespace MemOS.Evaluation.Datasets;

/// <summary>A question about a <see cref="LabelledConversation"/>, with where the answer stands and what it is, as far as the data set says so.</summary>
public sealed record LabelledQuestion
{
    /// <summary>Its id, unique within the conversation.</summary>
    public required string Id { get; init; }

    /// <summary>The question, or the request under which a memory has to come back.</summary>
    public required string Text { get; init; }

    /// <summary>Its kind, in the data set's words.</summary>
    public required string Category { get; init; }

    /// <summary>The ids of the messages that hold the evidence; empty where the data set does not say, or nothing does.</summary>
    public ImmutableHashSet<string> Evidence { get; init; } = [];

    /// <summary>The sessions that hold the evidence, where the data set names them; empty to take those of <see cref="Evidence"/>.</summary>
    public ImmutableHashSet<string> EvidenceSessions { get; init; } = [];

    /// <summary>When it is asked; null for right after the last message. "Last week" in it counts from then.</summary>
    public DateTimeOffset? AskedAt { get; init; }

    /// <summary>The reference answer, or null.</summary>
    public string? Answer { get; init; }

    /// <summary>Whether the right answer is that nothing of it was said.</summary>
    public bool IsUnanswerable { get; init; }

    /// <summary>The answers to choose from, in order; empty for a free answer.</summary>
    public ImmutableArray<string> Choices { get; init; } = [];

    /// <summary>What a right answer has to hold, point by point; empty to judge by <see cref="Answer"/>.</summary>
    public ImmutableArray<string> Rubric { get; init; } = [];
}
