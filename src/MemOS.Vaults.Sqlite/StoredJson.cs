using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace MemOS.Vaults.Sqlite;

/// <summary>The JSON that stands in rows. Escapes as little as it can, so that a byte search for a text finds it.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault)]
[JsonSerializable(typeof(StoredMessage))]
internal sealed partial class StoredJson : JsonSerializerContext
{
    /// <summary>The context in use.</summary>
    public static StoredJson Compact { get; } = new(new JsonSerializerOptions
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
    });
}
