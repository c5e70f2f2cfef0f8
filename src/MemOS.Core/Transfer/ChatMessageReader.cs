using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using MemOS.Reader;
using MemOS.Reader.Time;

namespace MemOS.Transfer;

/// <summary>Turns one OpenAI-style chat message into a <see cref="Message"/>.</summary>
/// <param name="file">The file, for errors.</param>
/// <param name="now">The time of messages that give none, and the zone of times without one.</param>
/// <param name="ids">Ids for messages that have none.</param>
internal sealed class ChatMessageReader(string file, DateTimeOffset now, ContentIds ids)
{
    public static bool IsMessage(JsonElement item) =>
        item.ValueKind is JsonValueKind.Object && (item.TryGetProperty("role", out _) || item.TryGetProperty("speaker", out _)) &&
        (item.TryGetProperty("content", out _) || item.TryGetProperty("text", out _) || item.TryGetProperty("tool_calls", out _));

    /// <summary>Reads a message.</summary>
    /// <param name="item">The message.</param>
    /// <param name="conversation">The conversation that it stands in when it names none itself.</param>
    /// <param name="standing">The time of the conversation, for messages without one; null when it gives none.</param>
    /// <param name="where">Its place, for errors.</param>
    public Message Read(JsonElement item, string conversation, DateTimeOffset? standing, string where)
    {
        if (!IsMessage(item))
        {
            throw Invalid(where, "a message is an object with \"role\" and \"content\".");
        }

        MessageRole role = default;
        if (item.TryGetProperty("role", out JsonElement named) && !MessageRole.TryParse(JsonFields.Scalar(named), out role))
        {
            throw Invalid(where, "\"role\" must be user, assistant, system, developer, tool, function or document.");
        }

        StringBuilder text = new();
        ImmutableArray<MessageAttachment>.Builder attachments = ImmutableArray.CreateBuilder<MessageAttachment>();
        ReadContent(JsonFields.Find(item, "content", "text"), text, attachments, where);
        Message message = new()
        {
            Id = JsonFields.Text(item, "message_id", "id") ?? "",
            Conversation = JsonFields.Text(item, "conversation_id", "conversation", "session_id") ?? conversation,
            Role = role,
            Speaker = JsonFields.Text(item, "name", "speaker"),
            Text = text.ToString(),
            Time = Time(item, where) ?? standing ?? now,
            Attachments = attachments.DrainToImmutable(),
            ToolCalls = ToolCalls(item, where),
            ToolCallId = JsonFields.Text(item, "tool_call_id"),
            Tags = Tags(item, where),
        };
        return message.Id.Length > 0 ? message : message with { Id = ids.Next(message) };
    }

    /// <summary>The time that an object gives, or null when it gives none.</summary>
    public DateTimeOffset? Time(JsonElement item, string where)
    {
        if (JsonFields.Find(item, "chat_time", "timestamp", "created_at", "time", "create_time") is not { } value)
        {
            return null;
        }

        // Chat exports also write seconds with a fraction, which is not one of the forms that people write.
        if (value.ValueKind is JsonValueKind.Number && value.TryGetDouble(out double number) && Math.Abs(number) is >= 1e8 and < 1e14)
        {
            double milliseconds = Math.Abs(number) < 1e11 ? number * 1000 : number;
            return DateTimeOffset.FromUnixTimeMilliseconds((long)Math.Round(milliseconds)).ToOffset(now.Offset);
        }

        return ChatTimeParser.TryParse(JsonFields.Scalar(value), now, out DateTimeOffset time)
            ? time
            : throw Invalid(where, "the time cannot be read. Write it as 2026-01-31T10:00:00+01:00 or as seconds since 1970.");
    }

    private void ReadContent(JsonElement? content, StringBuilder text, ImmutableArray<MessageAttachment>.Builder attachments, string where)
    {
        switch (content?.ValueKind)
        {
            case null:
                return;
            case JsonValueKind.String:
                text.Append(content.Value.GetString());
                return;
            case JsonValueKind.Array:
                foreach (JsonElement part in content.Value.EnumerateArray())
                {
                    ReadPart(part, text, attachments, where);
                }

                return;
            default:
                throw Invalid(where, "\"content\" must be a string or a list of parts.");
        }
    }

    private void ReadPart(JsonElement part, StringBuilder text, ImmutableArray<MessageAttachment>.Builder attachments, string where)
    {
        if (part.ValueKind is JsonValueKind.String)
        {
            AppendLine(text, part.GetString());
            return;
        }

        string type = part.ValueKind is JsonValueKind.Object ? JsonFields.Text(part, "type") ?? "text" : throw Invalid(where, "a content part is an object with a \"type\".");
        switch (type)
        {
            case "text" or "input_text" or "output_text" or "refusal":
                AppendLine(text, JsonFields.Text(part, "text", "refusal"));
                break;
            case "image_url" or "input_image" or "image":
                attachments.Add(new MessageAttachment("image", Reference(part, "image_url", "url"), JsonFields.Text(part, "caption", "alt")));
                break;
            case "file" or "input_file":
                attachments.Add(new MessageAttachment("file", Reference(part, "file", "filename", "file_id", "url"), JsonFields.Text(part, "caption")));
                break;
            case "input_audio" or "audio":
                attachments.Add(new MessageAttachment("audio", Reference(part, "audio", "id", "url"), JsonFields.Text(part, "transcript", "caption")));
                break;
            default:
                throw Invalid(where, $"content parts of type \"{type}\" are not known. Known: text, image_url, file, input_audio.");
        }
    }

    // The address stands in the part or in an object in it. Inlined bytes are not kept: they would be stored as text.
    private static string Reference(JsonElement part, string inner, params ReadOnlySpan<string> names)
    {
        JsonElement holder = JsonFields.Find(part, inner) ?? part;
        string reference = (holder.ValueKind is JsonValueKind.Object ? JsonFields.Text(holder, names) ?? JsonFields.Text(part, names) : JsonFields.Scalar(holder)) ?? "";
        return reference.StartsWith("data:", StringComparison.OrdinalIgnoreCase) ? "" : reference;
    }

    private ImmutableArray<ToolCall> ToolCalls(JsonElement item, string where)
    {
        if (JsonFields.Find(item, "tool_calls") is not { } calls)
        {
            return [];
        }

        if (calls.ValueKind is not JsonValueKind.Array)
        {
            throw Invalid(where, "\"tool_calls\" must be a list.");
        }

        ImmutableArray<ToolCall>.Builder read = ImmutableArray.CreateBuilder<ToolCall>();
        foreach (JsonElement call in calls.EnumerateArray())
        {
            JsonElement function = call.ValueKind is JsonValueKind.Object ? JsonFields.Find(call, "function") ?? call : default;
            if (function.ValueKind is not JsonValueKind.Object || JsonFields.Text(function, "name") is not { } name)
            {
                throw Invalid(where, "a tool call needs a \"name\".");
            }

            string arguments = JsonFields.Find(function, "arguments") is { } value ? JsonFields.Scalar(value) ?? value.GetRawText() : "";
            read.Add(new ToolCall(JsonFields.Text(call, "id"), name, arguments));
        }

        return read.DrainToImmutable();
    }

    private ImmutableArray<string> Tags(JsonElement item, string where) => JsonFields.Find(item, "tags") switch
    {
        null => [],
        { ValueKind: JsonValueKind.Array } list when list.EnumerateArray().All(tag => tag.ValueKind is JsonValueKind.String) =>
            [.. list.EnumerateArray().Select(tag => tag.GetString()!).Distinct()], // a JSON string is not null
        _ => throw Invalid(where, "\"tags\" must be a list of strings."),
    };

    private static void AppendLine(StringBuilder text, string? line)
    {
        if (!string.IsNullOrEmpty(line))
        {
            text.Append(text.Length == 0 ? "" : "\n").Append(line);
        }
    }

    private MemOSException Invalid(string where, string problem) => TransferErrors.Invalid(string.Create(CultureInfo.InvariantCulture, $"{file}, {where}"), problem);
}
