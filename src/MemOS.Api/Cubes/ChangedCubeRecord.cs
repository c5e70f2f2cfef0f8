namespace MemOS.Api;

/// <summary>A memory before and after a change.</summary>
public sealed record ChangedCubeRecord
{
    /// <summary>The version before.</summary>
    public required CubeRecord Before { get; init; }

    /// <summary>The version that holds now.</summary>
    public required CubeRecord After { get; init; }
}
