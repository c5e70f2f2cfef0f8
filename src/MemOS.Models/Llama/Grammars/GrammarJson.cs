using System.Text.Json;
using System.Text.Json.Serialization;

namespace MemOS.Models.Llama.Grammars;

/// <summary>Literals of schemas as JSON.</summary>
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(JsonElement))]
internal sealed partial class GrammarJson : JsonSerializerContext;
