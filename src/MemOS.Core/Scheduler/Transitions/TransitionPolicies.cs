using System.Collections.Frozen;
using System.Text.Json.Nodes;
using MemOS.Vaults;

namespace MemOS.Scheduler.Transitions;

/// <summary>The policies of all vaults, as the operator gives them: one for most, others by name. Immutable. A vault may keep values of its own: <see cref="OwnPolicy"/>.</summary>
public sealed class TransitionPolicies
{
    private readonly FrozenDictionary<string, TransitionPolicy> _vaults;

    /// <summary>Makes them.</summary>
    /// <param name="usual">For vaults that are not named.</param>
    /// <param name="vaults">By the name of the vault.</param>
    /// <exception cref="MemOSException">A policy cannot be used.</exception>
    public TransitionPolicies(TransitionPolicy? usual = null, IReadOnlyDictionary<string, TransitionPolicy>? vaults = null)
    {
        Usual = (usual ?? new TransitionPolicy()).Checked();
        _vaults = (vaults ?? new Dictionary<string, TransitionPolicy>()).ToFrozenDictionary(pair => pair.Key, pair => pair.Value.Checked(), StringComparer.Ordinal);
    }

    /// <summary>The policy of vaults that are not named.</summary>
    public TransitionPolicy Usual { get; }

    /// <summary>The operator's policy of a vault.</summary>
    public TransitionPolicy Of(VaultId vault) => _vaults.GetValueOrDefault(vault.Value, Usual);

    /// <summary>The policy that is in force for a vault now: the operator's, with what the vault says of its own.</summary>
    /// <exception cref="MemOSException"><see cref="ErrorCodes.Corrupted"/> where what the vault keeps is damaged.</exception>
    public TransitionPolicy InForce(MemoryVault vault)
    {
        ArgumentNullException.ThrowIfNull(vault);
        return vault.States.Policy.Over(Of(vault.Id));
    }

    /// <summary>Reads <c>{"usual": {...}, "vaults": {"alice": {...}}}</c>; both may be left out, and so may every value of a policy; one of a vault is then as the usual one.</summary>
    /// <exception cref="MemOSException"><see cref="ErrorCodes.InvalidInput"/>; the message names the value and says what it may be.</exception>
    public static TransitionPolicies Parse(string json)
    {
        JsonObject policies = PolicyValues.Parse(json, "the file");
        if (policies.FirstOrDefault(pair => pair.Key is not ("usual" or "vaults")).Key is { } unknown)
        {
            throw new MemOSException(ErrorCodes.InvalidInput, $"The transition policies hold '{unknown}', which is not known; there are usual and vaults.");
        }

        TransitionPolicy usual = Read(policies["usual"], new TransitionPolicy(), "usual");
        Dictionary<string, TransitionPolicy> vaults = [];
        foreach ((string vault, JsonNode? policy) in policies["vaults"] is { } named ? named as JsonObject ?? throw PolicyValues.Unreadable("vaults", "a JSON object") : [])
        {
            vaults[VaultId.TryParse(vault, out VaultId id) ? id.Value : throw PolicyValues.Unreadable($"vaults.{vault}", "the name of a vault")] = Read(policy, usual, $"vaults.{vault}");
        }

        return new TransitionPolicies(usual, vaults);
    }

    // What is left out is as in the other policy.
    private static TransitionPolicy Read(JsonNode? policy, TransitionPolicy other, string place)
    {
        TransitionPolicy read = policy is null ? other : PolicyValues.Over(policy as JsonObject ?? throw PolicyValues.Unreadable(place, "a JSON object"), other, place);
        return read.Wrong is { } wrong ? throw new MemOSException(ErrorCodes.InvalidInput, $"The transition policies cannot be used: {place}: {wrong}.") : read;
    }
}
