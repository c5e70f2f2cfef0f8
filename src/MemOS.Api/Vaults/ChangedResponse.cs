namespace MemOS.Api;

/// <summary>How many cubes an operation changed.</summary>
public sealed record ChangedResponse
{
    /// <summary>The number.</summary>
    public int Changed { get; init; }
}
