using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using MemOS.Reader;

namespace MemOS.Transfer.Importers;

/// <summary>Reads <c>conversations.json</c> and <c>memories.json</c> of a Claude data export.</summary>
internal static class ClaudeReader
{
    public static IEnumerable<ImportItem> Read(JsonElement item, ForeignFile file) =>
        item.ValueKind is not JsonValueKind.Object ? []
        : JsonFields.Find(item, "chat_messages") is not null ? Conversation(item, file)
        : Memories(item, file);

    private static IEnumerable<ImportItem> Conversation(JsonElement conversation, ForeignFile file)
    {
        string id = JsonFields.Text(conversation, "uuid") ?? JsonFields.Text(conversation, "name") ?? "conversation";
        DateTimeOffset standing = file.Time(conversation, "created_at", "updated_at") ?? file.Now;
        foreach (JsonElement message in conversation.Objects("chat_messages"))
        {
            string text = message.Content("content") is { Length: > 0 } content ? content : JsonFields.Text(message, "text") ?? "";
            ImmutableArray<MessageAttachment> attachments = [.. message.Objects("attachments", "files").Take(MessageRules.MaximumItems).Select(Attachment)];
            if ((string.IsNullOrWhiteSpace(text) && attachments.IsEmpty) || !MessageRole.TryParse(JsonFields.Text(message, "sender"), out MessageRole role))
            {
                continue;
            }

            standing = file.Time(message, "created_at") ?? standing;
            yield return file.Said(new Message
            {
                Id = JsonFields.Text(message, "uuid") ?? "",
                Conversation = id,
                Role = role,
                Text = text,
                Time = standing,
                Attachments = attachments,
                Tags = JsonFields.Text(conversation, "name") is { } name ? [name] : [],
            });
        }
    }

    private static MessageAttachment Attachment(JsonElement attachment) =>
        new("file", JsonFields.Text(attachment, "file_name", "file_uuid") ?? "", JsonFields.Text(attachment, "extracted_content"));

    // What the assistant had noted about the account and about each project, as running text: a memory for each paragraph.
    private static IEnumerable<ImportItem> Memories(JsonElement item, ForeignFile file)
    {
        IEnumerable<ImportItem> general = Notes("account", JsonFields.Text(item, "conversations_memory"), file);
        return JsonFields.Find(item, "project_memories") is { ValueKind: JsonValueKind.Object } projects
            ? general.Concat(projects.EnumerateObject().SelectMany(project => Notes(project.Name, JsonFields.Scalar(project.Value), file)))
            : general;
    }

    private static IEnumerable<ImportItem> Notes(string about, string? text, ForeignFile file) =>
        (text ?? "").Split("\n\n", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).SelectMany((note, index) =>
            file.Memory(string.Create(CultureInfo.InvariantCulture, $"{about}/{index}"), note, cube => cube with { Context = about }));
}
