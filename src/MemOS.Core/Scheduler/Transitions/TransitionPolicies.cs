using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
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
    /// <exception cref="MemOSException"><see cref="ErrorCodes.InvalidInput"/>; the message names the value and says what it may be.</exception>
    public static TransitionPolicies Parse(string json)
    {
        JsonNode? file;
        try
        {
            file = JsonNode.Parse(json, documentOptions: new JsonDocumentOptions { AllowDuplicateProperties = false });
        }
        catch (JsonException exception)
        {
            throw new MemOSException(ErrorCodes.InvalidInput, $"The transition policies are no valid JSON: {exception.Message}", exception);
        }

        JsonObject policies = file as JsonObject ?? throw Unreadable("", "a JSON object");
        if (policies.FirstOrDefault(pair => pair.Key is not ("usual" or "vaults")).Key is { } unknown)
        {
            throw new MemOSException(ErrorCodes.InvalidInput, $"The transition policies hold '{unknown}', which is not known; there are usual and vaults.");
        }

        TransitionPolicy usual = Read(policies["usual"], new TransitionPolicy(), "usual");
        Dictionary<string, TransitionPolicy> vaults = [];
        foreach ((string vault, JsonNode? policy) in policies["vaults"] is { } named ? named as JsonObject ?? throw Unreadable("vaults", "a JSON object") : [])
        {
            vaults[VaultId.TryParse(vault, out VaultId id) ? id.Value : throw Unreadable($"vaults.{vault}", "the name of a vault")] = Read(policy, usual, $"vaults.{vault}");
        }

        return new TransitionPolicies(usual, vaults);
    }

    // What is left out is as in the other policy.
    private static TransitionPolicy Read(JsonNode? policy, TransitionPolicy other, string place)
    {
        JsonObject given = policy is null ? [] : policy as JsonObject ?? throw Unreadable(place, "a JSON object");
        JsonNode values = JsonSerializer.SerializeToNode(other, PolicyJsonContext.Default.TransitionPolicy) ?? new JsonObject();
        JsonPropertyInfo[] known = [.. PolicyJsonContext.Default.TransitionPolicy.Properties.Where(property => property.Get is not null)];
        foreach ((string name, JsonNode? value) in given)
        {
            values[name] = known.Any(property => property.Name == name) ? value?.DeepClone()
                : throw new MemOSException(ErrorCodes.InvalidInput, $"The transition policies hold {place}.{name}, which is not known; there are {string.Join(", ", known.Select(property => property.Name))}.");
        }

        try
        {
            TransitionPolicy read = values.Deserialize(PolicyJsonContext.Default.TransitionPolicy) ?? other;
            return read.Wrong is { } wrong ? throw new MemOSException(ErrorCodes.InvalidInput, $"The transition policies cannot be used: {place}: {wrong}.") : read;
        }
        catch (JsonException exception)
        {
            JsonPropertyInfo? property = known.FirstOrDefault(property => exception.Path?.StartsWith($"$.{property.Name}", StringComparison.Ordinal) == true);
            throw Unreadable(property is null ? place : $"{place}.{property.Name}", property is null ? "a policy" : Expected(property.PropertyType), exception);
        }
    }

    private static string Expected(Type type) => type == typeof(TimeSpan) ? "a time such as \"00:10:00\" or, with days, \"7.00:00:00\""
        : type == typeof(RetentionOrder) ? $"one of {string.Join(", ", Enum.GetNames<RetentionOrder>())}"
        : type == typeof(bool) ? "true or false"
        : type == typeof(double) ? "a number"
        : type == typeof(int) || type == typeof(long) ? "a whole number"
        : "a list of texts";

    private static MemOSException Unreadable(string place, string expected, Exception? cause = null) =>
        new(ErrorCodes.InvalidInput, $"The transition policies cannot be read: {(place.Length == 0 ? "the file" : place)} must be {expected}.", cause);
}

/// <summary>JSON of <see cref="TransitionPolicy"/>.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(TransitionPolicy))]
internal sealed partial class PolicyJsonContext : JsonSerializerContext;
