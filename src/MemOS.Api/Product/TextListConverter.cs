using System.Text.Json;
using System.Text.Json.Serialization;

namespace MemOS.Api.Product;

/// <summary>Reads a list of texts that may also come as one bare text. Empty texts are left out; an empty list means that the key is absent.</summary>
public sealed class TextListConverter : JsonConverter<IReadOnlyList<string>?>
{
    /// <inheritdoc/>
    public override IReadOnlyList<string>? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType is JsonTokenType.String)
        {
            return reader.GetString() is { Length: > 0 } only ? [only] : null;
        }

        if (reader.TokenType is not JsonTokenType.StartArray)
        {
            throw new JsonException("A list of texts, or one text, is needed here.");
        }

        List<string> texts = [];
        while (reader.Read() && reader.TokenType is not JsonTokenType.EndArray)
        {
            string? text = reader.TokenType is JsonTokenType.String ? reader.GetString() : throw new JsonException("The list may hold texts only.");
            if (!string.IsNullOrEmpty(text))
            {
                texts.Add(text);
            }
        }

        return texts.Count == 0 ? null : texts;
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, IReadOnlyList<string>? value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStartArray();
        foreach (string text in value ?? [])
        {
            writer.WriteStringValue(text);
        }

        writer.WriteEndArray();
    }
}
