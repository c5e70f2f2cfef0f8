namespace MemOS.Api;

/// <summary>The fields in which two versions differ.</summary>
public sealed record CubeDifference
{
    /// <summary>The fields.</summary>
    public required IReadOnlyList<FieldChangeRecord> Changes { get; init; }
}
