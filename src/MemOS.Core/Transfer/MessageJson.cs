using System.Collections.Immutable;
using System.Text.Json;
using MemOS.Reader;

namespace MemOS.Transfer;

/// <summary>Messages as JSON: written so that <see cref="MemLoader"/> also reads them as chat, and read back without loss.</summary>
internal static class MessageJson
{
    public static void WriteFields(Utf8JsonWriter json, Message message)
    {
        json.WriteNumber("number", message.Number);
        json.WriteString("message_id", message.Id);
        CubeJson.Optional(json, "conversation", message.Conversation);
        json.WriteString("role", message.Role.Value);
        CubeJson.Optional(json, "name", message.Speaker);
        WriteContent(json, message);
        json.WriteString("chat_time", message.Time);
        json.WriteString("received_at", message.ReceivedAt);
        WriteToolCalls(json, message);
        CubeJson.Optional(json, "tool_call_id", message.ToolCallId);
        CubeJson.Optional(json, "context_text", message.ContextText);
        CubeJson.Optional(json, "tags", message.Tags);
        CubeJson.Optional(json, "info", message.Info);
    }

    /// <summary>Reads what <see cref="WriteFields"/> wrote; number and time of arrival belong to the vault that wrote them.</summary>
    /// <exception cref="MemOSException"><see cref="ErrorCodes.InvalidInput"/>, naming the place and the field.</exception>
    public static Message Read(PackageFields item)
    {
        bool plain = item.IsText("content");
        ImmutableArray<PackageFields> parts = plain ? [] : item.List("content", part => part);
        return new Message
        {
            Id = item.Required("message_id"),
            Conversation = item.Text("conversation"),
            Role = MessageRole.TryParse(item.Required("role"), out MessageRole role) ? role : throw item.Invalid("role", "is not known"),
            Speaker = item.Text("name"),
            Text = plain ? item.Required("content") : string.Concat(parts.Where(IsText).Select(part => part.Required("text"))),
            Time = item.RequiredTime("chat_time"),
            Attachments = [.. parts.Where(part => !IsText(part)).Select(part => new MessageAttachment(part.Required("type"), part.Required("url"), part.Text("caption")))],
            ToolCalls = item.List("tool_calls", call => new ToolCall(call.Text("id"), call.Required("name"), call.Required("arguments"))),
            ToolCallId = item.Text("tool_call_id"),
            ContextText = item.Text("context_text"),
            Tags = item.Strings("tags"),
            Info = item.Map("info", (fields, key) => fields.Required(key)),
        };

        static bool IsText(PackageFields part) => part.Required("type") == "text";
    }

    private static void WriteContent(Utf8JsonWriter json, Message message)
    {
        if (message.Attachments.IsEmpty)
        {
            json.WriteString("content", message.Text);
            return;
        }

        json.WriteStartArray("content");
        if (message.Text.Length > 0)
        {
            json.WriteStartObject();
            json.WriteString("type", "text");
            json.WriteString("text", message.Text);
            json.WriteEndObject();
        }

        foreach (MessageAttachment attachment in message.Attachments)
        {
            json.WriteStartObject();
            json.WriteString("type", attachment.Kind);
            json.WriteString("url", attachment.Reference);
            CubeJson.Optional(json, "caption", attachment.Caption);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteToolCalls(Utf8JsonWriter json, Message message)
    {
        if (message.ToolCalls.IsEmpty)
        {
            return;
        }

        json.WriteStartArray("tool_calls");
        foreach (ToolCall call in message.ToolCalls)
        {
            json.WriteStartObject();
            CubeJson.Optional(json, "id", call.Id);
            json.WriteString("name", call.Name);
            json.WriteString("arguments", call.Arguments);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
