using System.Text.Json.Serialization;

namespace MemOS.Api.Product;

/// <summary>How the records under <c>/product</c> are written as JSON: snake_case, absent instead of null except where clients read the null.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true)]
[JsonSerializable(typeof(ProductSearchRequest))]
[JsonSerializable(typeof(ProductAddRequest))]
[JsonSerializable(typeof(ProductCreateCubeRequest))]
[JsonSerializable(typeof(ProductGetMemoryRequest))]
[JsonSerializable(typeof(ProductDeleteRequest))]
[JsonSerializable(typeof(ProductCubeExistsRequest))]
[JsonSerializable(typeof(ProductFailure))]
[JsonSerializable(typeof(ProductAnswer<ProductSearchData>))]
[JsonSerializable(typeof(ProductAnswer<ProductMemories>))]
[JsonSerializable(typeof(ProductAnswer<ProductItem>))]
[JsonSerializable(typeof(ProductAnswer<IReadOnlyList<ProductAddedItem>>))]
[JsonSerializable(typeof(ProductAnswer<ProductCube>))]
[JsonSerializable(typeof(ProductAnswer<ProductDeleted>))]
[JsonSerializable(typeof(ProductAnswer<IReadOnlyDictionary<string, bool>>))]
public sealed partial class ProductJsonContext : JsonSerializerContext;
