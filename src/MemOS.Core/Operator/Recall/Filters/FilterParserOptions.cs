namespace MemOS.Operator.Recall.Filters;

/// <summary>How <see cref="CubeFilterParser"/> reads field names.</summary>
public sealed record FilterParserOptions
{
    /// <summary>Whether a name that is no field is taken for a key of the free metadata; else it is an error. False by default.</summary>
    public bool AllowBareInfoKeys { get; init; }

    /// <summary>The defaults.</summary>
    public static FilterParserOptions Default { get; } = new();
}
