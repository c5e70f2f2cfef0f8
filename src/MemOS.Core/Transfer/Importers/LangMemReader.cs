using System.Text.Json;

namespace MemOS.Transfer.Importers;

/// <summary>Reads items of a LangGraph store, which is where LangMem keeps its memories: namespace, key and a value of free form.</summary>
internal static class LangMemReader
{
    public static IEnumerable<ImportItem> Read(JsonElement value, ForeignFile file) =>
        JsonFields.Find(value, "items") is { ValueKind: JsonValueKind.Array } items ? items.Objects().SelectMany(item => Item(item, file)) : Item(value, file);

    private static IEnumerable<ImportItem> Item(JsonElement item, ForeignFile file)
    {
        string place = string.Join('/', item.Texts("namespace"));
        if (JsonFields.Find(item, "value") is not { ValueKind: JsonValueKind.Object } value)
        {
            return [];
        }

        return file.Memory($"{place}/{JsonFields.Text(item, "key")}", Text(value), cube => cube with
        {
            SaidAt = file.Time(item, "created_at"),
            Context = place,
            Tags = JsonFields.Text(value, "kind") is { } kind ? [kind] : [],
        });
    }

    // {"kind": "Memory", "content": {"content": "..."}}, {"content": "..."}, or a profile, whose fields become lines.
    private static string Text(JsonElement value) => JsonFields.Find(value, "content", "memory", "text", "data") switch
    {
        { ValueKind: JsonValueKind.Object } inner => Text(inner),
        { ValueKind: JsonValueKind.String } text => text.GetString() ?? "",
        _ => string.Join('\n', value.EnumerateObject().Where(field => field.Name != "kind" && field.Value.ValueKind is not JsonValueKind.Null)
            .Select(field => $"{field.Name}: {JsonFields.Scalar(field.Value) ?? field.Value.GetRawText()}")),
    };
}
