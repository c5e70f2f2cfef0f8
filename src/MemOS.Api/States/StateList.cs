namespace MemOS.Api;

/// <summary>The KV states of a vault, cartridges among them, and how they are kept.</summary>
public sealed record StateList
{
    /// <summary>The states, in the order in which they were made.</summary>
    public required IReadOnlyList<StateRecord> Items { get; init; }

    /// <summary>The policy that is in force for the vault; null where the server has no local model.</summary>
    public TransitionPolicyRecord? Policy { get; init; }

    /// <summary>What loading ahead came to since the server was started; null where it has no local model.</summary>
    public LoadedAheadRecord? LoadedAhead { get; init; }
}
