using MemOS.Cubes;

namespace MemOS.Governance;

/// <summary>Chooses entries of the audit log; what is null or default does not restrict (paper, LogQuery).</summary>
public sealed record AuditQuery
{
    /// <summary>Only entries in this time.</summary>
    public TimeInterval Time { get; init; }

    /// <summary>Only entries of this caller.</summary>
    public string? Caller { get; init; }

    /// <summary>Only entries with this operation.</summary>
    public string? Operation { get; init; }

    /// <summary>Only entries of this cube.</summary>
    public CubeId? Cube { get; init; }

    /// <summary>At most so many, the newest first. 100 by default, 1 to 10,000.</summary>
    public int Limit { get; init; } = 100;
}
