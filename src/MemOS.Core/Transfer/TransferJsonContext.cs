using System.Text.Json;
using System.Text.Json.Serialization;

namespace MemOS.Transfer;

/// <summary>The one generated reader that streaming a JSON array needs.</summary>
[JsonSerializable(typeof(JsonElement))]
internal sealed partial class TransferJsonContext : JsonSerializerContext;
