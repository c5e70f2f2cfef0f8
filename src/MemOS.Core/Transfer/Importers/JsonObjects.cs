using System.Collections.Immutable;
using System.Text.Json;

namespace MemOS.Transfer.Importers;

/// <summary>Looks into loosely typed JSON of other systems: what is not there, or is of another kind, is nothing.</summary>
internal static class JsonObjects
{
    /// <summary>The objects of a list, or of the list in one of the fields; none when there is none.</summary>
    public static IEnumerable<JsonElement> Objects(this JsonElement item, params ReadOnlySpan<string> names)
    {
        JsonElement? list = names.IsEmpty ? item : item.ValueKind is JsonValueKind.Object ? JsonFields.Find(item, names) : null;
        return list is { ValueKind: JsonValueKind.Array } found ? found.EnumerateArray().Where(element => element.ValueKind is JsonValueKind.Object) : [];
    }

    /// <summary>The texts of a list in a field, or the one text that stands there; none when there is none.</summary>
    public static ImmutableArray<string> Texts(this JsonElement item, string name) => JsonFields.Find(item, name) switch
    {
        { ValueKind: JsonValueKind.String } one => [one.GetString() ?? ""],
        { ValueKind: JsonValueKind.Array } list => [.. list.EnumerateArray().Select(JsonFields.Scalar).OfType<string>()],
        _ => [],
    };

    /// <summary>The scalars of an object in a field, and lists and objects as their JSON; null when there are none.</summary>
    public static ImmutableSortedDictionary<string, string>? Info(this JsonElement item, string name, params ReadOnlySpan<string> without)
    {
        if (JsonFields.Find(item, name) is not { ValueKind: JsonValueKind.Object } values)
        {
            return null;
        }

        ImmutableSortedDictionary<string, string>.Builder info = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (JsonProperty property in values.EnumerateObject())
        {
            if (property.Value.ValueKind is not JsonValueKind.Null && ForeignFile.Name(property.Name) is { } key && !without.Contains(key) && info.Count < 80)
            {
                info[key] = JsonFields.Scalar(property.Value) ?? property.Value.GetRawText();
            }
        }

        return info.Count > 0 ? info.ToImmutable() : null;
    }

    /// <summary>The text of a message's content: a string, or the texts of its parts, one on each line.</summary>
    public static string Content(this JsonElement item, string name) => JsonFields.Find(item, name) switch
    {
        { ValueKind: JsonValueKind.String } text => text.GetString() ?? "",
        { ValueKind: JsonValueKind.Array } parts => string.Join('\n', parts.EnumerateArray().Select(Part).Where(text => text.Length > 0)),
        _ => "",
    };

    private static string Part(JsonElement part) => part.ValueKind switch
    {
        JsonValueKind.String => part.GetString() ?? "",
        JsonValueKind.Object when JsonFields.Text(part, "type") is null or "text" => JsonFields.Text(part, "text") ?? "",
        _ => "",
    };
}
