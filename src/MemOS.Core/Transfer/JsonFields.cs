using System.Text.Json;

namespace MemOS.Transfer;

/// <summary>Looks up fields that files of different origin name differently.</summary>
internal static class JsonFields
{
    /// <summary>The first of the fields that is there and not null.</summary>
    public static JsonElement? Find(JsonElement item, params ReadOnlySpan<string> names)
    {
        foreach (string name in names)
        {
            if (item.TryGetProperty(name, out JsonElement value) && value.ValueKind is not JsonValueKind.Null)
            {
                return value;
            }
        }

        return null;
    }

    /// <summary>The first of the fields that is a string or a number, as text.</summary>
    public static string? Text(JsonElement item, params ReadOnlySpan<string> names) => Find(item, names) is { } value ? Scalar(value) : null;

    /// <summary>A string, or a number as it was written; null for anything else.</summary>
    public static string? Scalar(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number => value.GetRawText(),
        _ => null,
    };
}
