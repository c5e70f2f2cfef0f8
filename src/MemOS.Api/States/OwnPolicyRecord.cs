namespace MemOS.Api;

/// <summary>What a vault says of its own about its KV states; values that are left out are the operator's.</summary>
public sealed record OwnPolicyRecord
{
    /// <summary>Text at least so hot becomes a state.</summary>
    public double? PromoteHeat { get; init; }

    /// <summary>A state less hot is given up.</summary>
    public double? DemoteHeat { get; init; }

    /// <summary>How long a text must have stood unchanged.</summary>
    public TimeSpan? StableFor { get; init; }

    /// <summary>How long a state stays at least.</summary>
    public TimeSpan? StayFor { get; init; }

    /// <summary>A state that was not used for so long is given up.</summary>
    public TimeSpan? UnusedFor { get; init; }

    /// <summary>Shorter texts stay text.</summary>
    public int? LeastTokens { get; init; }

    /// <summary>Longer texts stay text.</summary>
    public int? MostTokens { get; init; }

    /// <summary>The most bytes of states on disk; not above the operator's.</summary>
    public long? DiskBytes { get; init; }

    /// <summary>The most bytes of states that are loaded ahead; not above the operator's.</summary>
    public long? MemoryBytes { get; init; }

    /// <summary>The most tokens of memories in one context; not above the operator's.</summary>
    public int? ContextTokens { get; init; }

    /// <summary>The most states in one context.</summary>
    public int? MostStates { get; init; }

    /// <summary>The share of following states that is computed anew, 0 to 1.</summary>
    public double? Recompute { get; init; }

    /// <summary>What leaves last when not all can stay: <c>LeastRecentlyUsed</c> (what was used later), <c>Similarity</c> or <c>Labels</c>.</summary>
    public string? Retention { get; init; }

    /// <summary>Tags, the most valuable first.</summary>
    public IReadOnlyList<string>? Labels { get; init; }

    /// <summary>Whether a cube's priority goes before everything else.</summary>
    public bool? PriorityFirst { get; init; }
}
