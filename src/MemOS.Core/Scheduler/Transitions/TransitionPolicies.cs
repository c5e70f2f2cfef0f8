using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using MemOS.Vaults;

namespace MemOS.Scheduler.Transitions;

/// <summary>The policies of all vaults: one for most, others by name. Immutable.</summary>
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

    /// <summary>The policy of a vault.</summary>
    public TransitionPolicy Of(VaultId vault) => _vaults.GetValueOrDefault(vault.Value, Usual);

    /// <summary>Reads <c>{"usual": {...}, "vaults": {"alice": {...}}}</c>; both may be left out, and so may every value of a policy; one of a vault is then as the usual one.</summary>
    /// <exception cref="MemOSException"><see cref="ErrorCodes.InvalidInput"/>.</exception>
    public static TransitionPolicies Parse(string json)
    {
        try
        {
            JsonObject file = JsonNode.Parse(json) as JsonObject ?? throw new JsonException("It is no JSON object.");
            if (file.FirstOrDefault(pair => pair.Key is not ("usual" or "vaults")).Key is { } unknown)
            {
                throw new JsonException($"'{unknown}' is not known.");
            }

            TransitionPolicy usual = Read(file["usual"], new TransitionPolicy());
            Dictionary<string, TransitionPolicy> vaults = [];
            foreach ((string vault, JsonNode? policy) in file["vaults"] is { } named ? named as JsonObject ?? throw new JsonException("vaults is a JSON object.") : [])
            {
                vaults[vault] = Read(policy, usual);
            }

            return new TransitionPolicies(usual, vaults);
        }
        catch (JsonException exception)
        {
            throw new MemOSException(ErrorCodes.InvalidInput, $"The transition policies cannot be read: {exception.Message}", exception);
        }
    }

    // What is left out is as in the other policy.
    private static TransitionPolicy Read(JsonNode? policy, TransitionPolicy other)
    {
        if (policy is null)
        {
            return other;
        }

        JsonNode values = JsonSerializer.SerializeToNode(other, PolicyJsonContext.Default.TransitionPolicy) ?? new JsonObject();
        foreach ((string name, JsonNode? value) in policy as JsonObject ?? throw new JsonException("A policy is a JSON object."))
        {
            values[name] = value?.DeepClone();
        }

        return values.Deserialize(PolicyJsonContext.Default.TransitionPolicy) ?? other;
    }
}

/// <summary>JSON of <see cref="TransitionPolicy"/>.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(TransitionPolicy))]
internal sealed partial class PolicyJsonContext : JsonSerializerContext;
