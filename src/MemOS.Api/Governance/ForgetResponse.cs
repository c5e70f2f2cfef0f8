namespace MemOS.Api;

/// <summary>What was forgotten. Its bytes are gone from every file of the vault, which was verified.</summary>
public sealed record ForgetResponse
{
    /// <summary>The cubes.</summary>
    public required IReadOnlyList<Guid> Cubes { get; init; }

    /// <summary>How many messages.</summary>
    public int Messages { get; init; }
}
