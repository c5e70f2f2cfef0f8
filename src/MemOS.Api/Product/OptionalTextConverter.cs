using System.Text.Json;
using System.Text.Json.Serialization;

namespace MemOS.Api.Product;

/// <summary>Reads a text of which the empty one means that the key is absent.</summary>
public sealed class OptionalTextConverter : JsonConverter<string?>
{
    /// <inheritdoc/>
    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType is JsonTokenType.String ? reader.GetString() is { Length: > 0 } text ? text : null : throw new JsonException("A text is needed here.");

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, string? value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStringValue(value);
    }
}
