using System.Text.Json.Serialization;

namespace MemOS.Api.Product;

/// <summary>The body of <c>POST /product/create_cube</c>.</summary>
public sealed record ProductCreateCubeRequest
{
    /// <summary>Its name.</summary>
    [JsonConverter(typeof(OptionalTextConverter))]
    public string? CubeName { get; init; }

    /// <summary>Its owner.</summary>
    [JsonConverter(typeof(OptionalTextConverter))]
    public string? OwnerId { get; init; }

    /// <summary>Its id; the name when missing.</summary>
    [JsonConverter(typeof(OptionalTextConverter))]
    public string? CubeId { get; init; }

    /// <summary>A path on the server, which this server refuses.</summary>
    [JsonConverter(typeof(OptionalTextConverter))]
    public string? CubePath { get; init; }
}
