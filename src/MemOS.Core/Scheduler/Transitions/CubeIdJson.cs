using System.Text.Json;
using System.Text.Json.Serialization;
using MemOS.Cubes;

namespace MemOS.Scheduler.Transitions;

/// <summary>A cube's id as text.</summary>
internal sealed class CubeIdJson : JsonConverter<CubeId>
{
    public override CubeId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType is JsonTokenType.String && CubeId.TryParse(reader.GetString() ?? "", out CubeId id) ? id : throw new JsonException("It is no id of a cube.");

    public override void Write(Utf8JsonWriter writer, CubeId value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
}
