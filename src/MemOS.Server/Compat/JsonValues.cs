using System.Text.Json;

namespace MemOS.Server.Compat;

/// <summary>Reads loosely typed JSON under the rules of this wire: null and, for texts, the empty one mean absent.</summary>
internal static class JsonValues
{
    /// <summary>A text; null when absent.</summary>
    /// <exception cref="BodyFaultException">It is something else.</exception>
    public static string? Text(this JsonElement item, string key, string at) => item.Member(key) switch
    {
        null => null,
        { ValueKind: JsonValueKind.String } value => value.GetString() is { Length: > 0 } text ? text : null,
        _ => throw new BodyFaultException($"{at}.{key}", $"{at}.{key} must be a text."),
    };

    /// <summary>A text or a number, as text; null when absent.</summary>
    /// <exception cref="BodyFaultException">It is something else.</exception>
    public static string? TextOrNumber(this JsonElement item, string key, string at) =>
        item.Member(key) is { ValueKind: JsonValueKind.Number } number ? number.GetRawText() : item.Text(key, at);

    /// <summary>A member; null when absent.</summary>
    public static JsonElement? Member(this JsonElement item, string key) =>
        item.TryGetProperty(key, out JsonElement value) && value.ValueKind is not JsonValueKind.Null ? value : null;

    /// <summary>The elements of a list; none when absent.</summary>
    /// <exception cref="BodyFaultException">It is something else.</exception>
    public static IEnumerable<JsonElement> Elements(this JsonElement item, string key, string at) => item.Member(key) switch
    {
        null => [],
        { ValueKind: JsonValueKind.Array } list => list.EnumerateArray(),
        _ => throw new BodyFaultException($"{at}.{key}", $"{at}.{key} must be a list."),
    };

    /// <summary>Insists on an object.</summary>
    /// <exception cref="BodyFaultException">It is something else.</exception>
    public static JsonElement Object(this JsonElement item, string at) =>
        item.ValueKind is JsonValueKind.Object ? item : throw new BodyFaultException(at, $"{at} must be an object.");
}
