namespace MemOS.Api;

/// <summary>One part of what a model is given.</summary>
public sealed record InjectionPartRecord
{
    /// <summary>The form in which it is injected.</summary>
    public required string Kind { get; init; }

    /// <summary>The cube.</summary>
    public required CubeRecord Cube { get; init; }
}
