namespace MemOS.Api;

/// <summary>One difference between two versions.</summary>
public sealed record FieldChangeRecord
{
    /// <summary>The field.</summary>
    public required string Field { get; init; }

    /// <summary>Its value in the older version.</summary>
    public string? Before { get; init; }

    /// <summary>Its value in the newer version.</summary>
    public string? After { get; init; }
}
