using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace MemOS.Scheduler.Transitions;

/// <summary>The values of a policy as JSON, some of them or all: what is known is read strictly, and what cannot be read is told with its place.</summary>
internal static class PolicyValues
{
    private static readonly JsonPropertyInfo[] s_known = [.. PolicyJsonContext.Default.TransitionPolicy.Properties.Where(property => property.Get is not null)];

    /// <summary>The names of all values.</summary>
    public static IEnumerable<string> Names => s_known.Select(property => property.Name);

    /// <summary>All values of a policy.</summary>
    public static JsonObject Of(TransitionPolicy policy) => JsonSerializer.SerializeToNode(policy, PolicyJsonContext.Default.TransitionPolicy)?.AsObject() ?? [];

    /// <summary>Reads an object without a name in it twice.</summary>
    /// <exception cref="MemOSException"><see cref="ErrorCodes.InvalidInput"/>.</exception>
    public static JsonObject Parse(string json, string whole)
    {
        try
        {
            return JsonNode.Parse(json, documentOptions: new JsonDocumentOptions { AllowDuplicateProperties = false }) as JsonObject ?? throw Unreadable(whole, "a JSON object");
        }
        catch (JsonException exception)
        {
            throw new MemOSException(ErrorCodes.InvalidInput, $"The transition policies are no valid JSON: {exception.Message}", exception);
        }
    }

    /// <summary>A policy with some values given and the others as in another policy. Whether they go together is not looked at.</summary>
    /// <param name="given">The values.</param>
    /// <param name="other">The other policy.</param>
    /// <param name="place">Where they stand; empty where they stand alone.</param>
    /// <exception cref="MemOSException"><see cref="ErrorCodes.InvalidInput"/>; the message names the value and says what it may be.</exception>
    public static TransitionPolicy Over(JsonObject given, TransitionPolicy other, string place)
    {
        string before = place.Length == 0 ? "" : $"{place}.";
        JsonObject values = Of(other);
        foreach ((string name, JsonNode? value) in given)
        {
            values[name] = Names.Contains(name) ? value?.DeepClone()
                : throw new MemOSException(ErrorCodes.InvalidInput, $"The transition policies hold {before}{name}, which is not known; there are {string.Join(", ", Names)}.");
        }

        try
        {
            return values.Deserialize(PolicyJsonContext.Default.TransitionPolicy) ?? other;
        }
        catch (InvalidOperationException exception)
        {
            throw Unreadable(place.Length == 0 ? "the policy" : place, "in well-formed Unicode", exception);
        }
        catch (JsonException exception)
        {
            JsonPropertyInfo? property = Array.Find(s_known, property => exception.Path?.StartsWith($"$.{property.Name}", StringComparison.Ordinal) == true);
            throw Unreadable(property is null ? place.Length == 0 ? "the policy" : place : before + property.Name, property is null ? "a policy" : Expected(property.PropertyType), exception);
        }
    }

    /// <summary>The error for a value that is not what stands there.</summary>
    public static MemOSException Unreadable(string place, string expected, Exception? cause = null) =>
        new(ErrorCodes.InvalidInput, $"The transition policies cannot be read: {place} must be {expected}.", cause);

    private static string Expected(Type type) => type == typeof(TimeSpan) ? "a time such as \"00:10:00\" or, with days, \"7.00:00:00\""
        : type == typeof(RetentionOrder) ? $"one of {string.Join(", ", Enum.GetNames<RetentionOrder>())}"
        : type == typeof(bool) ? "true or false"
        : type == typeof(double) ? "a number"
        : type == typeof(int) || type == typeof(long) ? "a whole number"
        : "a list of texts";
}

/// <summary>JSON of <see cref="TransitionPolicy"/>.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(TransitionPolicy))]
internal sealed partial class PolicyJsonContext : JsonSerializerContext;
