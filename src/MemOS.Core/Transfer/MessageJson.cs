using System.Text.Json;
using MemOS.Reader;

namespace MemOS.Transfer;

/// <summary>Writes messages as JSON, in the form that <see cref="MemLoader"/> reads back as JSON Lines.</summary>
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
        CubeJson.Optional(json, "tags", message.Tags);
        CubeJson.Optional(json, "info", message.Info);
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
