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

    /// <summary>The slot for a watermark put in at export; null until then.</summary>
    public string? Watermark { get; init; }

    /// <summary>The defaults.</summary>
    public static GovernanceHeader Default { get; } = new();
}
