using System.Collections.Immutable;
using MemOS.Reader;
using MemOS.Reader.Documents;
using MemOS.Vaults;

namespace MemOS.Api.Wire;

/// <summary>Reads and writes messages.</summary>
internal static class MessageRequests
{
    public static Message[] ToMessages(this AddMessagesRequest request, DateTimeOffset now)
    {
        Message[] messages = new Message[request.Messages.Count];
        for (int i = 0; i < messages.Length; i++)
        {
            string at = $"messages[{i}]";
            NewMessage message = request.Messages[i] ?? throw RequestValues.Invalid($"{at} is null.");
            messages[i] = new Message
            {
                Id = message.Id ?? "",
                Conversation = message.Conversation ?? request.Conversation,
                Role = message.Role is null ? MessageRole.User
                    : MessageRole.TryParse(message.Role, out MessageRole role) ? role
                    : throw RequestValues.Invalid($"{at}.role must be user, assistant, system, tool or document."),
                Speaker = message.Speaker,
                Text = message.Text ?? "",
                Time = RequestValues.Time(message.Time, now, $"{at}.time") ?? now,
                Attachments = [.. (message.Attachments ?? []).Select(ToAttachment)],
                ToolCalls = [.. (message.ToolCalls ?? []).Select(call => new ToolCall(call.Id, call.Name, call.Arguments ?? "{}"))],
                ToolCallId = message.ToolCallId,
                ContextText = message.ContextText,
                Tags = RequestValues.Texts(message.Tags, $"{at}.tags"),
                Info = RequestValues.Info(message.Info, $"{at}.info"),
            };
        }

        return messages;
    }

    public static DocumentInput ToDocument(this AddDocumentRequest request, DateTimeOffset now) => new()
    {
        Name = request.Name.Length > 0 ? request.Name : throw RequestValues.Invalid("name must not be empty."),
        Text = request.Text,
        Tags = RequestValues.Texts(request.Tags, "tags"),
        Info = RequestValues.Info(request.Info, "info"),
        Time = RequestValues.Time(request.Time, now, "time"),
        Format = WireName<DocumentFormat>.Read(request.Format, DocumentFormat.Markdown, "format"),
    };

    public static AddMessagesResponse ToRecord(this ImmutableArray<AddedMessage> added) => new()
    {
        Messages = [.. added.Select(message => new AddedMessageRecord
        {
            MessageId = message.MessageId,
            Conversation = message.Conversation,
            Number = message.Number,
            WasKnown = message.WasKnown,
            Cubes = [.. message.Cubes.Select(CubeRecords.ToRecord)],
        })],
    };

    public static MessageRecord ToRecord(this Message message) => new()
    {
        Id = message.Id,
        Conversation = message.Conversation,
        Number = message.Number,
        Role = message.Role.Value,
        Speaker = message.Speaker,
        Text = message.Text,
        Time = message.Time,
        ReceivedAt = message.ReceivedAt,
        Attachments = [.. message.Attachments.Select(attachment => new AttachmentRecord { Kind = attachment.Kind, Reference = attachment.Reference, Caption = attachment.Caption })],
        ToolCalls = [.. message.ToolCalls.Select(call => new ToolCallRecord { Id = call.Id, Name = call.Name, Arguments = call.Arguments })],
        ToolCallId = message.ToolCallId,
        ContextText = message.ContextText,
        Tags = message.Tags,
        Info = message.Info,
    };

    private static MessageAttachment ToAttachment(AttachmentRecord attachment) => attachment.Kind is "image" or "file" or "audio"
        ? new MessageAttachment(attachment.Kind, attachment.Reference ?? "", attachment.Caption)
        : throw RequestValues.Invalid("The kind of an attachment is image, file or audio.");
}
