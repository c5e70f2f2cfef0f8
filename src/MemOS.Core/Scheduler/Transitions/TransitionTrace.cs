using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace MemOS.Scheduler.Transitions;

/// <summary>Everything that the scheduler's decisions of one moment rest on. Kept as JSON, it can be decided again, and under another policy.</summary>
/// <param name="Vault">The name of the vault.</param>
/// <param name="Now">The moment.</param>
/// <param name="Policy">The policy that was in force.</param>
/// <param name="Candidates">All states of the vault, and texts that were used. Ids and figures, and tags: no content.</param>
public sealed record TransitionTrace(string Vault, DateTimeOffset Now, TransitionPolicy Policy, ImmutableArray<TransitionCandidate> Candidates)
{
    /// <summary>Decides, under the policy that was in force or another one. The same trace gives the same decisions.</summary>
    public ImmutableArray<TransitionDecision> Decide(TransitionPolicy? policy = null) => TransitionRules.Decide((policy ?? Policy).Checked(), Candidates, Now);

    /// <summary>It as JSON.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, TraceJsonContext.Default.TransitionTrace);

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    /// <exception cref="MemOSException"><see cref="ErrorCodes.InvalidInput"/>.</exception>
    public static TransitionTrace Parse(string json)
    {
        try
        {
            TransitionTrace? trace = JsonSerializer.Deserialize(json, TraceJsonContext.Default.TransitionTrace);
            return trace is { Candidates.IsDefault: false, Policy: not null } && trace.Candidates.All(candidate => candidate is { Labels.IsDefault: false }) ? trace
                : throw new MemOSException(ErrorCodes.InvalidInput, "The trace has no policy, no candidates, or an empty one among them.");
        }
        catch (JsonException exception)
        {
            throw new MemOSException(ErrorCodes.InvalidInput, $"The trace cannot be read: {exception.Path ?? "$"} is not what 'memos states run --trace' writes.", exception);
        }
    }
}

/// <summary>JSON of <see cref="TransitionTrace"/>.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true, Converters = [typeof(CubeIdJson)])]
[JsonSerializable(typeof(TransitionTrace))]
internal sealed partial class TraceJsonContext : JsonSerializerContext;
