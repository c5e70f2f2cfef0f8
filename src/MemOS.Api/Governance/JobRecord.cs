namespace MemOS.Api;

/// <summary>A background job.</summary>
public sealed record JobRecord
{
    /// <summary>Its number.</summary>
    public long Number { get; init; }

    /// <summary>What was to be done.</summary>
    public required string Kind { get; init; }

    /// <summary>To what.</summary>
    public required string Argument { get; init; }

    /// <summary>How often it was tried.</summary>
    public int Attempts { get; init; }

    /// <summary>When it was to be tried next.</summary>
    public DateTimeOffset DueAt { get; init; }

    /// <summary>Why the last try failed.</summary>
    public string? Failure { get; init; }
}
