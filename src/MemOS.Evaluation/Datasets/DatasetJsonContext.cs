using System.Text.Json;
using System.Text.Json.Serialization;

namespace MemOS.Evaluation.Datasets;

/// <summary>The generated JSON code of the data sets.</summary>
[JsonSerializable(typeof(JsonElement))]
internal sealed partial class DatasetJsonContext : JsonSerializerContext;
