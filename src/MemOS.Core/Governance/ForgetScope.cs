using System.Collections.Immutable;
using MemOS.Cubes;
using MemOS.Operator.Recall;

namespace MemOS.Governance;

/// <summary>What to forget. At least one part must be named; a scope that names nothing is refused.</summary>
public sealed record ForgetScope
{
    /// <summary>These cubes, with the messages that they came from and everything derived from those.</summary>
    public ImmutableArray<CubeId> Cubes { get; init; } = [];

    /// <summary>The messages with these ids, in any conversation, with everything derived from them.</summary>
    public ImmutableArray<string> Messages { get; init; } = [];

    /// <summary>Everything of this conversation.</summary>
    public string? Conversation { get; init; }

    /// <summary>
    /// Every cube for which this holds, with the messages that it came from and everything derived from those. A filter without a condition (<c>{}</c>) would name every
    /// cube; it is refused, whatever else is named.
    /// </summary>
    public CubeFilter? Filter { get; init; }

    /// <summary>Everything in the vault. Must be said; it is never the meaning of an empty scope.</summary>
    public bool Everything { get; init; }

    /// <summary>What must hold of every cube of the vault when the forgetting begins, else nothing is forgotten; null for no condition. It names nothing by itself.</summary>
    public CubeFilter? Provided { get; init; }

    /// <summary>Whether nothing is named.</summary>
    public bool IsEmpty => Cubes.IsDefaultOrEmpty && Messages.IsDefaultOrEmpty && string.IsNullOrEmpty(Conversation) && Filter is null && !Everything;

    /// <summary>Whether there is a filter that asks for nothing.</summary>
    internal bool HasEmptyFilter => Filter is { NamesSomething: false };
}
