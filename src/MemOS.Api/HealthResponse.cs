namespace MemOS.Api;

/// <summary>Whether the server answers.</summary>
public sealed record HealthResponse
{
    /// <summary>Always <c>healthy</c>.</summary>
    public string Status { get; init; } = "healthy";

    /// <summary>Always <c>memos</c>.</summary>
    public string Service { get; init; } = "memos";

    /// <summary>The version of the server.</summary>
    public required string Version { get; init; }
}
