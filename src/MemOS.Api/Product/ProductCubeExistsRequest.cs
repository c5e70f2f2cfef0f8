using System.Text.Json.Serialization;

namespace MemOS.Api.Product;

/// <summary>The body of <c>POST /product/exist_mem_cube_id</c>.</summary>
public sealed record ProductCubeExistsRequest
{
    /// <summary>The cube.</summary>
    [JsonConverter(typeof(OptionalTextConverter))]
    public string? MemCubeId { get; init; }
}
