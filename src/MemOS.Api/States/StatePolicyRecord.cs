namespace MemOS.Api;

/// <summary>The policy by which the KV states of a vault are kept.</summary>
public sealed record StatePolicyRecord
{
    /// <summary>What is in force: the operator's policy, with the vault's own values over it. Budgets are never above the operator's.</summary>
    public required TransitionPolicyRecord Policy { get; init; }

    /// <summary>What the vault says of its own; absent where the caller does not own the vault.</summary>
    public OwnPolicyRecord? Own { get; init; }
}
