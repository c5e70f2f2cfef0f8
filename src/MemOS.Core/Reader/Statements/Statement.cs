using System.Collections.Immutable;
using MemOS.Cubes;

namespace MemOS.Reader.Statements;

/// <summary>A fact, an event or a preference that a message says in so many words.</summary>
public sealed record Statement
{
    /// <summary><see cref="SemanticType.Fact"/>, <see cref="SemanticType.Event"/> or <see cref="SemanticType.Preference"/>.</summary>
    public required SemanticType Type { get; init; }

    /// <summary>The sentence or clause, verbatim.</summary>
    public required string Text { get; init; }

    /// <summary>Where it begins in the message's text, in UTF-16 characters.</summary>
    public required int Start { get; init; }

    /// <summary>Its length in UTF-16 characters.</summary>
    public required int Length { get; init; }

    /// <summary>What a single-valued fact is the value of: <c>speaker/attribute</c> in lower case; else null.</summary>
    public string? FactKey { get; init; }

    /// <summary>The value, in lower case with single spaces; null where none was read.</summary>
    public string? Value { get; init; }

    /// <summary>When it holds: for an event the time it names, for a fact or preference from the time said or named.</summary>
    public TimeInterval Valid { get; init; }

    /// <summary>Names that occur in it.</summary>
    public ImmutableArray<string> Entities { get; init; } = [];

    /// <summary>What the rule knows of it: <c>like</c>, <c>dislike</c>, <c>instruction</c>, <c>allergy</c>.</summary>
    public ImmutableArray<string> Tags { get; init; } = [];

    /// <summary>Whether it says that something does not hold, or no longer.</summary>
    public bool IsNegated { get; init; }
}
