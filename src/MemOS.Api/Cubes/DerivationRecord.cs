namespace MemOS.Api;

/// <summary>A cube that another one depends on.</summary>
public sealed record DerivationRecord
{
    /// <summary>How, for example <c>extracted_from</c> or <c>fused_from</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>The other cube.</summary>
    public Guid Cube { get; init; }

    /// <summary>Its version.</summary>
    public int Version { get; init; }

    /// <summary>More about it.</summary>
    public string? Note { get; init; }
}
