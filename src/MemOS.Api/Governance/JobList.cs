namespace MemOS.Api;

/// <summary>Background jobs that were given up.</summary>
public sealed record JobList
{
    /// <summary>The jobs, oldest first.</summary>
    public required IReadOnlyList<JobRecord> Items { get; init; }
}
