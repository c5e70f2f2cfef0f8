using System.Collections.Immutable;
using System.Text.Json;
using MemOS.Cubes;

namespace MemOS.Transfer.Importers;

/// <summary>Reads the memories that mem0 gives out (<c>get_all</c>, exports): a list, or a list under <c>results</c> or <c>memories</c>.</summary>
internal static class Mem0Reader
{
    public static IEnumerable<ImportItem> Read(JsonElement value, ForeignFile file) =>
        JsonFields.Find(value, "results", "memories") is { ValueKind: JsonValueKind.Array } list ? list.Objects().SelectMany(item => Memory(item, file)) : Memory(value, file);

    private static IEnumerable<ImportItem> Memory(JsonElement item, ForeignFile file)
    {
        string? text = JsonFields.Text(item, "memory", "text", "data");
        return file.Memory(JsonFields.Text(item, "id", "hash") ?? text ?? "", text, cube => cube with
        {
            SaidAt = file.Time(item, "created_at"),
            Context = JsonFields.Text(item, "run_id", "session_id"),
            Tags = item.Texts("categories"),
            Info = Owner(item, item.Info("metadata")),
            Governance = file.Time(item, "expiration_date") is { } end ? new GovernanceHeader { Lifespan = new Lifespan(end) } : GovernanceHeader.Default,
        });
    }

    private static ImmutableSortedDictionary<string, string> Owner(JsonElement item, ImmutableSortedDictionary<string, string>? info)
    {
        info ??= ImmutableSortedDictionary<string, string>.Empty;
        foreach (string name in (ReadOnlySpan<string>)["user_id", "agent_id", "app_id"])
        {
            info = JsonFields.Text(item, name) is { } owner ? info.SetItem(name, owner) : info;
        }

        return info;
    }
}
