using System.Text.Json.Serialization;

namespace MemOS.Api;

/// <summary>What somebody says about memories in their own words: "no, on Monday", "change it to next Friday", "forget that I like tea".</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record SpokenFeedbackRequest
{
    /// <summary>The words, at most 1,000,000 characters.</summary>
    public required string Text { get; init; }

    /// <summary>The conversation in which it was said: "it" and "that" stand for what its last turns speak of.</summary>
    public string? Conversation { get; init; }

    /// <summary>Who said it.</summary>
    public string? Speaker { get; init; }

    /// <summary>When it was said; now when missing.</summary>
    public string? Time { get; init; }

    /// <summary>The memories that it is about; missing to look for them.</summary>
    public IReadOnlyList<Guid>? About { get; init; }

    /// <summary>Whether "forget" erases for good. When missing, the memory goes to the archive.</summary>
    public bool? Erase { get; init; }
}
