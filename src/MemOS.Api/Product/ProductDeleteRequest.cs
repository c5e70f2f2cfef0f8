using System.Text.Json;
using System.Text.Json.Serialization;

namespace MemOS.Api.Product;

/// <summary>The body of <c>POST /product/delete_memory</c>.</summary>
public sealed record ProductDeleteRequest
{
    /// <summary>The cubes to delete from.</summary>
    [JsonConverter(typeof(TextListConverter))]
    public IReadOnlyList<string>? WritableCubeIds { get; init; }

    /// <summary>Older name for one cube.</summary>
    [JsonConverter(typeof(OptionalTextConverter))]
    public string? MemCubeId { get; init; }

    /// <summary>Mode one: these memories.</summary>
    [JsonConverter(typeof(TextListConverter))]
    public IReadOnlyList<string>? MemoryIds { get; init; }

    /// <summary>Mode two: the memories of these files.</summary>
    [JsonConverter(typeof(TextListConverter))]
    public IReadOnlyList<string>? FileIds { get; init; }

    /// <summary>Mode three: those for which this holds,</summary>
    public JsonElement? Filter { get; init; }

    /// <summary>and that this user added,</summary>
    [JsonConverter(typeof(OptionalTextConverter))]
    public string? UserId { get; init; }

    /// <summary>and of this session.</summary>
    [JsonConverter(typeof(OptionalTextConverter))]
    public string? SessionId { get; init; }

    /// <summary>Other name of the session.</summary>
    [JsonConverter(typeof(OptionalTextConverter))]
    public string? ConversationId { get; init; }
}
