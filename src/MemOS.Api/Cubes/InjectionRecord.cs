namespace MemOS.Api;

/// <summary>What a model is given for a cube.</summary>
public sealed record InjectionRecord
{
    /// <summary>The parts, in order.</summary>
    public required IReadOnlyList<InjectionPartRecord> Parts { get; init; }

    /// <summary>Members that you may not see.</summary>
    public int Withheld { get; init; }

    /// <summary>The text parts as they stand in a prompt.</summary>
    public required string PromptText { get; init; }
}
