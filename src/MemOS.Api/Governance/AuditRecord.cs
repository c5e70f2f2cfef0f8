namespace MemOS.Api;

/// <summary>One line of the audit log.</summary>
public sealed record AuditRecord
{
    /// <summary>Its place in the log.</summary>
    public long Sequence { get; init; }

    /// <summary>When.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>Who.</summary>
    public required string Caller { get; init; }

    /// <summary>What.</summary>
    public required string Operation { get; init; }

    /// <summary>To which cube.</summary>
    public Guid? Cube { get; init; }

    /// <summary>The version that it made or saw.</summary>
    public int? Version { get; init; }

    /// <summary>More, without content.</summary>
    public string? Detail { get; init; }
}
