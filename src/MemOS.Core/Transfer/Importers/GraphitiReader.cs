using System.Text.Json;
using MemOS.Cubes;
using MemOS.Reader;

namespace MemOS.Transfer.Importers;

/// <summary>Reads the graph of Zep and Graphiti: facts (edges) with the times in which they hold, summaries of entities (nodes), and episodes as messages.</summary>
internal static class GraphitiReader
{
    private static readonly string[] Ends = ["source_node_uuid", "target_node_uuid"];

    public static IEnumerable<ImportItem> Read(JsonElement value, ForeignFile file)
    {
        if (JsonFields.Text(value, "fact") is not null)
        {
            return Fact(value, [], file);
        }

        Dictionary<string, string> names = [];
        foreach (JsonElement node in value.Objects("nodes", "entity_nodes"))
        {
            names[JsonFields.Text(node, "uuid") ?? ""] = JsonFields.Text(node, "name") ?? "";
        }

        return value.Objects("episodes", "episodic_nodes").SelectMany(episode => Episode(episode, file))
            .Concat(value.Objects("edges", "facts", "entity_edges").SelectMany(edge => Fact(edge, names, file)))
            .Concat(value.Objects("nodes", "entity_nodes").SelectMany(node => Entity(node, file)));
    }

    private static IEnumerable<ImportItem> Fact(JsonElement edge, Dictionary<string, string> names, ForeignFile file)
    {
        string? fact = JsonFields.Text(edge, "fact");
        DateTimeOffset? from = file.Time(edge, "valid_at");
        DateTimeOffset? to = file.Time(edge, "invalid_at") ?? file.Time(edge, "expired_at");
        return file.Memory(JsonFields.Text(edge, "uuid") ?? fact ?? "", fact, cube => cube with
        {
            SaidAt = file.Time(edge, "created_at"),
            Context = JsonFields.Text(edge, "group_id"),
            Valid = from >= to ? new TimeInterval(null, to) : new TimeInterval(from, to),
            Tags = JsonFields.Text(edge, "name") is { } relation ? [relation] : [],
            Entities = [.. Ends.Select(end => names.GetValueOrDefault(JsonFields.Text(edge, end) ?? "")).OfType<string>().Where(name => name.Length > 0)],
            Info = edge.Info("attributes"),
        });
    }

    private static IEnumerable<ImportItem> Entity(JsonElement node, ForeignFile file)
    {
        string? summary = JsonFields.Text(node, "summary");
        string? name = JsonFields.Text(node, "name");
        return string.IsNullOrWhiteSpace(summary) ? [] : file.Memory(JsonFields.Text(node, "uuid") ?? name ?? summary, name is null ? summary : $"{name}: {summary}", cube => cube with
        {
            SaidAt = file.Time(node, "created_at"),
            Context = JsonFields.Text(node, "group_id"),
            Tags = node.Texts("labels"),
            Entities = name is null ? [] : [name],
            Info = node.Info("attributes"),
        });
    }

    private static IEnumerable<ImportItem> Episode(JsonElement episode, ForeignFile file)
    {
        if (JsonFields.Text(episode, "content") is { } content && !string.IsNullOrWhiteSpace(content))
        {
            yield return file.Said(new Message
            {
                Id = JsonFields.Text(episode, "uuid") ?? "",
                Conversation = JsonFields.Text(episode, "session_id", "thread_id", "group_id"),
                Role = JsonFields.Text(episode, "source") is "text" or "json" ? MessageRole.Document : MessageRole.User,
                Text = content,
                Time = file.Time(episode, "valid_at", "created_at") ?? file.Now,
            });
        }
    }
}
