namespace MemOS.Api;

/// <summary>What a feedback did.</summary>
public sealed record SpokenFeedbackResponse
{
    /// <summary>
    /// <c>applied</c>; <c>needs_clarification</c>: several memories could be meant and nothing was changed; <c>nothing_found</c>: the words were kept, nothing else changed.
    /// </summary>
    public required string Status { get; init; }

    /// <summary>The message under which the words are kept; missing when they were erased with what they named.</summary>
    public string? MessageId { get; init; }

    /// <summary>Memories that are new.</summary>
    public required IReadOnlyList<CubeRecord> Added { get; init; }

    /// <summary>Memories that got a new version.</summary>
    public required IReadOnlyList<ChangedCubeRecord> Changed { get; init; }

    /// <summary>How many memories were erased for good.</summary>
    public required int Erased { get; init; }

    /// <summary>The memories that could be meant, likeliest first. Send the words again with one of them in <c>about</c>.</summary>
    public required IReadOnlyList<CubeRecord> Candidates { get; init; }
}
