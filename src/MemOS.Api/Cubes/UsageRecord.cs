namespace MemOS.Api;

/// <summary>How a cube was used.</summary>
public sealed record UsageRecord
{
    /// <summary>How often it was recalled or read.</summary>
    public long Uses { get; init; }

    /// <summary>When it was last used.</summary>
    public DateTimeOffset? LastUsed { get; init; }

    /// <summary>Uses, older ones weighing less.</summary>
    public double Heat { get; init; }
}
