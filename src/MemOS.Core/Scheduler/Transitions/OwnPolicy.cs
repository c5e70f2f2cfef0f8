using System.Text.Json.Nodes;

namespace MemOS.Scheduler.Transitions;

/// <summary>What a vault says of its own about its KV states: the values that were given. Those that were not are the operator's. Immutable.</summary>
/// <remarks>
/// The operator's budgets (<see cref="TransitionPolicy.DiskBytes"/>, <see cref="TransitionPolicy.MemoryBytes"/>, <see cref="TransitionPolicy.ContextTokens"/>) are the most that a vault may
/// give itself: disk and memory are the operator's. Where the operator's policy was changed since, the lower budget holds, and values that do not go together with it any more (a heat at which
/// states are given up, above the one at which they are made) are the operator's.
/// </remarks>
public sealed class OwnPolicy
{
    private const int MostCharacters = 64 << 10;
    private const string Labels = "labels";

    private static readonly (string Name, Func<TransitionPolicy, long> Of)[] s_budgets =
        [("disk_bytes", policy => policy.DiskBytes), ("memory_bytes", policy => policy.MemoryBytes), ("context_tokens", policy => policy.ContextTokens)];

    // Values that are usable or not together; each of the others stands for itself.
    private static readonly string[][] s_pairs = [["promote_heat", "demote_heat"], ["least_tokens", "most_tokens"], ["retention", Labels]];
    private static readonly string[][] s_groups = [.. s_pairs, .. PolicyValues.Names.Except(s_pairs.SelectMany(pair => pair)).Select(name => (string[])[name])];

    private readonly string _json;

    private OwnPolicy(JsonObject values) => _json = values.ToJsonString();

    /// <summary>A vault's that says nothing.</summary>
    public static OwnPolicy None { get; } = new([]);

    /// <summary>Whether it says nothing: the operator's policy holds.</summary>
    public bool IsEmpty => _json == None._json;

    /// <summary>The values that it gives, by the names of a file of policies.</summary>
    public IReadOnlyList<string> Names => [.. Values().Select(value => value.Key)];

    /// <summary>Reads values as a file of policies holds them for one vault, for example <c>{"retention":"Labels","labels":["work"]}</c>.</summary>
    /// <exception cref="MemOSException"><see cref="ErrorCodes.InvalidInput"/>; the message names the value and says what it may be.</exception>
    public static OwnPolicy Parse(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        JsonObject given = json.Length <= MostCharacters ? PolicyValues.Parse(json, "the policy")
            : throw new MemOSException(ErrorCodes.InvalidInput, $"The policy of a vault may have {MostCharacters:N0} characters at most.");
        _ = PolicyValues.Over(given, new TransitionPolicy(), "");
        return new OwnPolicy(given);
    }

    /// <summary>Reads what an engine kept; see <see cref="Vaults.IVaultReader.StatePolicy"/>. Values that only a newer release knows stay in it and do nothing here.</summary>
    /// <exception cref="MemOSException"><see cref="ErrorCodes.Corrupted"/>.</exception>
    public static OwnPolicy Kept(string? json)
    {
        try
        {
            return json is null ? None : new OwnPolicy(PolicyValues.Parse(json, "it"));
        }
        catch (MemOSException exception)
        {
            throw new MemOSException(ErrorCodes.Corrupted, "The policy of KV states that the vault keeps is damaged. Set it anew, or take it back.", exception);
        }
    }

    /// <summary>The policy that is in force under an operator's.</summary>
    /// <param name="operators">The operator's policy of the vault.</param>
    public TransitionPolicy Over(TransitionPolicy operators)
    {
        ArgumentNullException.ThrowIfNull(operators);
        if (IsEmpty)
        {
            return operators;
        }

        JsonObject values = Values();
        TransitionPolicy policy = s_groups.Aggregate(operators, (policy, group) => Try(values, group, policy) ?? policy);
        return policy with
        {
            DiskBytes = Math.Min(policy.DiskBytes, operators.DiskBytes),
            MemoryBytes = Math.Min(policy.MemoryBytes, operators.MemoryBytes),
            ContextTokens = Math.Min(policy.ContextTokens, operators.ContextTokens),
        };
    }

    /// <summary>It as JSON, in the form that <see cref="Parse"/> reads.</summary>
    public string ToJson() => _json;

    /// <summary>It, in the usual form of each value, where it may be set under an operator's policy.</summary>
    /// <exception cref="MemOSException"><see cref="ErrorCodes.InvalidInput"/>; the message names the value, and the limit that it is above.</exception>
    internal OwnPolicy CheckedUnder(TransitionPolicy operators)
    {
        TransitionPolicy policy = PolicyValues.Over(Values(), operators, "").Checked();
        foreach ((string name, Func<TransitionPolicy, long> of) in s_budgets)
        {
            if (of(policy) > of(operators))
            {
                throw new MemOSException(ErrorCodes.InvalidInput, $"{name} is {of(policy)}, above the {of(operators)} that the operator gives this vault. Ask for {of(operators)} at most, or have the operator raise it.");
            }
        }

        JsonObject all = PolicyValues.Of(policy);
        return new OwnPolicy(new JsonObject(Names.Select(name => KeyValuePair.Create(name, all[name]?.DeepClone()))));
    }

    /// <summary>What it gives, for the audit log. Tags may tell what memories are about: how many they are is told.</summary>
    internal string Told() => string.Join(", ", Values().Select(value => value.Key == Labels ? $"{Labels} ({value.Value?.AsArray().Count})" : $"{value.Key} {value.Value}"));

    private static TransitionPolicy? Try(JsonObject values, string[] group, TransitionPolicy policy)
    {
        JsonObject given = new(group.Where(values.ContainsKey).Select(name => KeyValuePair.Create(name, values[name]?.DeepClone())));
        try
        {
            return given.Count == 0 ? null : PolicyValues.Over(given, policy, "") is { Wrong: null } usable ? usable : null;
        }
        catch (MemOSException)
        {
            return null; // as only a newer release understands it
        }
    }

    private JsonObject Values() => JsonNode.Parse(_json)?.AsObject() ?? [];
}
