namespace MemOS.Api;

/// <summary>Who may use a cube, for how long, how carefully.</summary>
public sealed record GovernanceRecord
{
    /// <summary><c>private</c>, <c>shared</c> (default) or <c>global</c>.</summary>
    public string? Layer { get; init; }

    /// <summary>Callers and roles that may read it.</summary>
    public IReadOnlyList<string>? Readers { get; init; }

    /// <summary>Callers and roles that may change it.</summary>
    public IReadOnlyList<string>? Writers { get; init; }

    /// <summary>The end of its life.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Hours without use in which its heat halves.</summary>
    public double? HalfLifeHours { get; init; }

    /// <summary>-100 (first to go) to 100 (last to go).</summary>
    public int? Priority { get; init; }

    /// <summary><c>normal</c> (default), <c>personal</c> or <c>secret</c>.</summary>
    public string? Sensitivity { get; init; }

    /// <summary>Fields that only some may see, each with who may.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>>? Restricted { get; init; }
}
