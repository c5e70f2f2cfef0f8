using System.Collections.Immutable;

namespace MemOS.Cubes;

/// <summary>The paper's descriptive identifiers: what the memory is and where it came from.</summary>
public sealed record DescriptiveHeader
{
    /// <summary>When the cube was first made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>How it came to be. Mandatory: a write without it is refused.</summary>
    public required OriginSignature Origin { get; init; }

    /// <summary>What kind of statement it is.</summary>
    public required SemanticType Type { get; init; }

    /// <summary>When it was said, with the speaker's offset from UTC; null when nothing was said, for example in a document.</summary>
    public DateTimeOffset? SaidAt { get; init; }

    /// <summary>Who said it, or null.</summary>
    public string? Speaker { get; init; }

    /// <summary>The role of who said it: <c>user</c>, <c>assistant</c>, <c>system</c>, <c>tool</c>; or null.</summary>
    public string? Role { get; init; }

    /// <summary>The conversation, session or document that it stands in, or null.</summary>
    public string? Context { get; init; }

    /// <summary>
    /// For a single-valued fact, what it is the value of (for example <c>melanie/residence</c>): a newer fact with the same key supersedes.
    /// </summary>
    public string? FactKey { get; init; }

    /// <summary>The model that wrote it, or null when none did.</summary>
    public string? Model { get; init; }

    /// <summary>Names that occur in it.</summary>
    public ImmutableArray<string> Entities { get; init; } = [];

    /// <summary>Tags, by the user or by a rule. Unique, in the order given.</summary>
    public ImmutableArray<string> Tags { get; init; } = [];

    /// <summary>Free metadata of the caller: JSON scalars by key, usable in filters. Null when there is none.</summary>
    public ImmutableSortedDictionary<string, string>? Info { get; init; }
}
