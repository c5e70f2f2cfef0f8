using System.Text.Json;
using MemOS.Reader;

namespace MemOS.Transfer.Importers;

/// <summary>Reads <c>conversations.json</c> of a ChatGPT data export: of each conversation's tree the branch that the user was on.</summary>
internal static class ChatGptReader
{
    public static IEnumerable<ImportItem> Read(JsonElement conversation, ForeignFile file)
    {
        if (conversation.ValueKind is not JsonValueKind.Object || JsonFields.Find(conversation, "mapping") is not { ValueKind: JsonValueKind.Object } mapping)
        {
            yield break;
        }

        string id = JsonFields.Text(conversation, "conversation_id", "id") ?? JsonFields.Text(conversation, "title") ?? "conversation";
        DateTimeOffset standing = file.Time(conversation, "create_time", "update_time") ?? file.Now;
        foreach (JsonElement message in Branch(conversation, mapping))
        {
            if (Text(message) is { Length: > 0 } text && Role(message) is { } role)
            {
                standing = file.Time(message, "create_time") ?? standing;
                yield return file.Said(new Message
                {
                    Id = JsonFields.Text(message, "id") ?? "",
                    Conversation = id,
                    Role = role,
                    Text = text,
                    Time = standing,
                    Tags = JsonFields.Text(conversation, "title") is { } title ? [title] : [],
                });
            }
        }
    }

    // From the node at hand up to the root, then turned round. An export without it: the nodes in the order of the file.
    private static IEnumerable<JsonElement> Branch(JsonElement conversation, JsonElement mapping)
    {
        List<JsonElement> branch = [];
        HashSet<string> seen = [];
        string? at = JsonFields.Text(conversation, "current_node");
        if (at is null)
        {
            branch.AddRange(mapping.EnumerateObject().Select(node => node.Value));
        }

        while (at is not null && seen.Add(at) && JsonFields.Find(mapping, at) is { ValueKind: JsonValueKind.Object } node)
        {
            branch.Insert(0, node);
            at = JsonFields.Text(node, "parent");
        }

        return branch.Where(node => node.ValueKind is JsonValueKind.Object).Select(node => JsonFields.Find(node, "message"))
            .OfType<JsonElement>().Where(message => message.ValueKind is JsonValueKind.Object && !IsHidden(message));
    }

    private static bool IsHidden(JsonElement message) =>
        JsonFields.Find(message, "metadata") is { ValueKind: JsonValueKind.Object } metadata &&
        JsonFields.Find(metadata, "is_visually_hidden_from_conversation") is { ValueKind: JsonValueKind.True };

    private static MessageRole? Role(JsonElement message) =>
        JsonFields.Find(message, "author") is { ValueKind: JsonValueKind.Object } author && MessageRole.TryParse(JsonFields.Text(author, "role"), out MessageRole role) &&
        role != MessageRole.System ? role : null;

    private static string Text(JsonElement message)
    {
        if (JsonFields.Find(message, "content") is not { ValueKind: JsonValueKind.Object } content)
        {
            return "";
        }

        return JsonFields.Text(content, "content_type") switch
        {
            "text" or "multimodal_text" or null => content.Content("parts").Trim(),
            "code" => (JsonFields.Text(content, "text") ?? "").Trim(),
            _ => "", // browsing displays, tool state and the like are no conversation
        };
    }
}
