using System.Text.Json.Serialization;

namespace MemOS.Chat;

/// <summary>What the tools of a model take and give, as JSON.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(int?))]
[JsonSerializable(typeof(MemoryView[]))]
[JsonSerializable(typeof(string))]
internal sealed partial class ToolsJsonContext : JsonSerializerContext;
