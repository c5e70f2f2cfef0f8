using System.Text.Json.Serialization;

namespace MemOS.Server.Auth;

/// <summary>The keys as they stand in their file.</summary>
/// <param name="Version">The format: 1.</param>
/// <param name="Keys">The keys.</param>
internal sealed record ApiKeyFile(int Version, IReadOnlyList<ApiKey> Keys);

/// <summary>How the file is written.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, RespectNullableAnnotations = true, WriteIndented = true)]
[JsonSerializable(typeof(ApiKeyFile))]
internal sealed partial class ApiKeyJsonContext : JsonSerializerContext;
