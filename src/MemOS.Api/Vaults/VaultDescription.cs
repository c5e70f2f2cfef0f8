namespace MemOS.Api;

/// <summary>What a vault holds.</summary>
public sealed record VaultDescription
{
    /// <summary>Its name.</summary>
    public required string Id { get; init; }

    /// <summary>Raw messages.</summary>
    public long Messages { get; init; }

    /// <summary>Cubes on the main line.</summary>
    public long Cubes { get; init; }

    /// <summary>Versions of all cubes on all branches.</summary>
    public long Versions { get; init; }

    /// <summary>Background jobs not done yet.</summary>
    public long PendingJobs { get; init; }

    /// <summary>Background jobs given up.</summary>
    public long DeadJobs { get; init; }

    /// <summary>The last sequence number given to a version.</summary>
    public long LastSequence { get; init; }

    /// <summary>Bytes on disk.</summary>
    public long Bytes { get; init; }
}
