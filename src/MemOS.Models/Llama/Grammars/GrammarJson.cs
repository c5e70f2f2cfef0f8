using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace MemOS.Models.Llama.Grammars;

/// <summary>Literals of schemas as JSON.</summary>
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(JsonElement))]
internal sealed partial class GrammarJson : JsonSerializerContext
{
    /// <summary>Letters as models write them, not as numbers.</summary>
    public static GrammarJson Plain { get; } = new(new JsonSerializerOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
