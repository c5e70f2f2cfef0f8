namespace MemOS.Api.Product;

/// <summary>One fault in a body.</summary>
public sealed record ProductFailureDetail
{
    /// <summary>Where.</summary>
    public required IReadOnlyList<string> Loc { get; init; }

    /// <summary>Why.</summary>
    public required string Msg { get; init; }

    /// <summary>The kind of fault.</summary>
    public required string Type { get; init; }
}
