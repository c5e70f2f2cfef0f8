using System.Collections.Immutable;

namespace MemOS.Cubes;

/// <summary>The paper's governance attributes.</summary>
public sealed record GovernanceHeader
{
    /// <summary>Who may read and write it.</summary>
    public AccessScope Access { get; init; } = AccessScope.Default;

    /// <summary>How long it lives.</summary>
    public Lifespan Lifespan { get; init; } = Lifespan.Unlimited;

    /// <summary>From -100 (first to go) to 100 (last to go); 0 by default.</summary>
    public int Priority { get; init; }

    /// <summary>How careful to be with it.</summary>
    public Sensitivity Sensitivity { get; init; }

    /// <summary>
    /// Fields that only some may see, each with the callers and roles that may: <c>text</c>, <c>speaker</c>, <c>entities</c>, <c>tags</c>, <c>sources</c> or
    /// <c>info.KEY</c>. Null when there are none. Everyone else gets a view without them.
    /// </summary>
    public ImmutableSortedDictionary<string, ImmutableSortedSet<string>>? Restricted { get; init; }

    /// <summary>The slot for a watermark put in at export; null until then.</summary>
    public string? Watermark { get; init; }

    /// <summary>The defaults.</summary>
    public static GovernanceHeader Default { get; } = new();
}
