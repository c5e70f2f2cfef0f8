using System.Text.Json;
using System.Text.Json.Serialization;

namespace MemOS.Api.Product;

/// <summary>The body of <c>POST /product/search</c>.</summary>
/// <remarks>A key with the value null, and an empty id, is absent. Unknown keys are tolerated.</remarks>
public sealed record ProductSearchRequest
{
    /// <summary>What to find.</summary>
    [JsonConverter(typeof(OptionalTextConverter))]
    public string? Query { get; init; }

    /// <summary>The user; names the default cube.</summary>
    [JsonConverter(typeof(OptionalTextConverter))]
    public string? UserId { get; init; }

    /// <summary>The cubes to search.</summary>
    [JsonConverter(typeof(TextListConverter))]
    public IReadOnlyList<string>? ReadableCubeIds { get; init; }

    /// <summary>Older name for one cube.</summary>
    [JsonConverter(typeof(OptionalTextConverter))]
    public string? MemCubeId { get; init; }

    /// <summary><c>fast</c>, <c>fine</c> or <c>mixture</c>.</summary>
    [JsonConverter(typeof(OptionalTextConverter))]
    public string? Mode { get; init; }

    /// <summary>A session whose memories weigh more.</summary>
    [JsonConverter(typeof(OptionalTextConverter))]
    public string? SessionId { get; init; }

    /// <summary>Other name of the session.</summary>
    [JsonConverter(typeof(OptionalTextConverter))]
    public string? ConversationId { get; init; }

    /// <summary>At most so many text memories.</summary>
    [JsonNumberHandling(JsonNumberHandling.AllowReadingFromString)]
    public int? TopK { get; init; }

    /// <summary>The least relevance of an item.</summary>
    [JsonNumberHandling(JsonNumberHandling.AllowReadingFromString)]
    public double? Relativity { get; init; }

    /// <summary>Another least relevance; the greater one holds.</summary>
    [JsonNumberHandling(JsonNumberHandling.AllowReadingFromString)]
    public double? Threshold { get; init; }

    /// <summary><c>no</c>, <c>sim</c> (near repeats are left out) or <c>mmr</c> (near repeats come last).</summary>
    [JsonConverter(typeof(OptionalTextConverter))]
    public string? Dedup { get; init; }

    /// <summary>Whether preferences are found.</summary>
    public bool? IncludePreference { get; init; }

    /// <summary>At most so many preferences.</summary>
    [JsonNumberHandling(JsonNumberHandling.AllowReadingFromString)]
    public int? PrefTopK { get; init; }

    /// <summary>Whether tool memories are found.</summary>
    public bool? SearchToolMemory { get; init; }

    /// <summary>At most so many tool memories.</summary>
    [JsonNumberHandling(JsonNumberHandling.AllowReadingFromString)]
    public int? ToolMemTopK { get; init; }

    /// <summary><c>All</c> or a memory type.</summary>
    [JsonConverter(typeof(OptionalTextConverter))]
    public string? SearchMemoryType { get; init; }

    /// <summary>What "yesterday" in the query refers to.</summary>
    [JsonConverter(typeof(OptionalTextConverter))]
    public string? ReferenceTime { get; init; }

    /// <summary>A filter, or one for each cube.</summary>
    public JsonElement? Filter { get; init; }

    /// <summary>Asks for results from the internet, which this server refuses.</summary>
    public bool? InternetSearch { get; init; }
}
