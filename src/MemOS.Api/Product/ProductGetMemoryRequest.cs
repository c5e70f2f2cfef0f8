using System.Text.Json;
using System.Text.Json.Serialization;

namespace MemOS.Api.Product;

/// <summary>The body of <c>POST /product/get_memory</c>.</summary>
public sealed record ProductGetMemoryRequest
{
    /// <summary>The cube.</summary>
    [JsonConverter(typeof(OptionalTextConverter))]
    public string? MemCubeId { get; init; }

    /// <summary>The user.</summary>
    [JsonConverter(typeof(OptionalTextConverter))]
    public string? UserId { get; init; }

    /// <summary>Whether preferences are listed.</summary>
    public bool? IncludePreference { get; init; }

    /// <summary>Whether tool memories are listed.</summary>
    public bool? IncludeToolMemory { get; init; }

    /// <summary>Whether skills are listed; there are none.</summary>
    public bool? IncludeSkillMemory { get; init; }

    /// <summary>A filter.</summary>
    public JsonElement? Filter { get; init; }

    /// <summary>The page, from 1; everything when missing.</summary>
    [JsonNumberHandling(JsonNumberHandling.AllowReadingFromString)]
    public int? Page { get; init; }

    /// <summary>Memories on a page.</summary>
    [JsonNumberHandling(JsonNumberHandling.AllowReadingFromString)]
    public int? PageSize { get; init; }
}
