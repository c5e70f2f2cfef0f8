using System.Text.Json;
using System.Text.Json.Serialization;

namespace MemOS.Api.Product;

/// <summary>The body of <c>POST /product/add</c>.</summary>
/// <remarks>A key with the value null, and an empty id, is absent. Unknown keys are tolerated.</remarks>
public sealed record ProductAddRequest
{
    /// <summary>The user; names the default cube.</summary>
    [JsonConverter(typeof(OptionalTextConverter))]
    public string? UserId { get; init; }

    /// <summary>The cubes to add to; made when missing.</summary>
    [JsonConverter(typeof(TextListConverter))]
    public IReadOnlyList<string>? WritableCubeIds { get; init; }

    /// <summary>Older name for one cube.</summary>
    [JsonConverter(typeof(OptionalTextConverter))]
    public string? MemCubeId { get; init; }

    /// <summary>A text, messages, or raw items.</summary>
    public JsonElement? Messages { get; init; }

    /// <summary><c>async</c> or <c>sync</c>.</summary>
    [JsonConverter(typeof(OptionalTextConverter))]
    public string? AsyncMode { get; init; }

    /// <summary><c>fast</c> or <c>fine</c>.</summary>
    [JsonConverter(typeof(OptionalTextConverter))]
    public string? Mode { get; init; }

    /// <summary>The session of the messages.</summary>
    [JsonConverter(typeof(OptionalTextConverter))]
    public string? SessionId { get; init; }

    /// <summary>Other name of the session.</summary>
    [JsonConverter(typeof(OptionalTextConverter))]
    public string? ConversationId { get; init; }

    /// <summary>Tags of every memory.</summary>
    [JsonConverter(typeof(TextListConverter))]
    public IReadOnlyList<string>? CustomTags { get; init; }

    /// <summary>Free metadata of every memory.</summary>
    public JsonElement? Info { get; init; }

    /// <summary>A task id of the client's choice.</summary>
    [JsonConverter(typeof(OptionalTextConverter))]
    public string? TaskId { get; init; }

    /// <summary>Older form of one text.</summary>
    [JsonConverter(typeof(OptionalTextConverter))]
    public string? MemoryContent { get; init; }

    /// <summary>Older form of a file, which this server refuses to open.</summary>
    [JsonConverter(typeof(OptionalTextConverter))]
    public string? DocPath { get; init; }

    /// <summary>Older form of <c>info.source</c>.</summary>
    [JsonConverter(typeof(OptionalTextConverter))]
    public string? Source { get; init; }

    /// <summary>Whether the messages are feedback on memories.</summary>
    public bool? IsFeedback { get; init; }

    /// <summary>Whether this is a skill, which this server refuses.</summary>
    public bool? IsUploadSkill { get; init; }
}
