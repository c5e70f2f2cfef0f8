using System.Text.Json;
using MemOS.Cubes;

namespace MemOS.Transfer.Importers;

/// <summary>Reads <c>textual_memory.json</c> of the MemOS reference implementation: a list of items, or a graph with nodes. Nothing else of a dump is ever opened.</summary>
internal static class MemOSDumpReader
{
    public static IEnumerable<ImportItem> Read(JsonElement value, ForeignFile file) =>
        JsonFields.Find(value, "nodes") is { ValueKind: JsonValueKind.Array } nodes ? nodes.Objects().SelectMany(item => Item(item, file)) : Item(value, file);

    private static IEnumerable<ImportItem> Item(JsonElement item, ForeignFile file)
    {
        JsonElement metadata = JsonFields.Find(item, "metadata") is { ValueKind: JsonValueKind.Object } found ? found : item;
        string status = JsonFields.Text(metadata, "status") ?? "activated";
        string? text = JsonFields.Text(item, "memory", "content");
        if (status == "deleted")
        {
            return [];
        }

        return file.Memory(JsonFields.Text(item, "id") ?? text ?? "", text, cube => cube with
        {
            Type = TypeOf(JsonFields.Text(metadata, "memory_type"), JsonFields.Text(metadata, "type")),
            SaidAt = file.Time(metadata, "created_at", "memory_time", "updated_at"),
            Context = JsonFields.Text(metadata, "session_id"),
            Tags = metadata.Texts("tags"),
            Entities = metadata.Texts("entities"),
            Info = item.Info("metadata", "embedding", "tags", "entities", "sources", "history", "usage", "created_at", "session_id"),
        }, archived: status == "archived");
    }

    private static SemanticType TypeOf(string? memoryType, string? type) => (memoryType, type) switch
    {
        ("PreferenceMemory", _) => SemanticType.Preference,
        ("ToolTrajectoryMemory" or "ToolSchemaMemory", _) => SemanticType.ToolTrace,
        ("RawFileMemory", _) => SemanticType.Document,
        (_, "event") => SemanticType.Event,
        _ => SemanticType.Fact,
    };
}
