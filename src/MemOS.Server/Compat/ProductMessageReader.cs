using System.Collections.Immutable;
using System.Text.Json;
using MemOS.Reader;
using MemOS.Reader.Time;

namespace MemOS.Server.Compat;

/// <summary>Reads the messages of this wire: one text, messages with roles, or raw items.</summary>
internal sealed class ProductMessageReader(DateTimeOffset now, string? session, ImmutableArray<string> tags, ImmutableSortedDictionary<string, string> info)
{
    public List<Message> Messages { get; } = [];

    public List<DocumentInput> Documents { get; } = [];

    /// <summary>Reads what stands under <c>messages</c>.</summary>
    /// <exception cref="BodyFaultException">Something is not as it must be.</exception>
    public void Read(JsonElement? messages)
    {
        if (messages is not { ValueKind: not JsonValueKind.Null } json)
        {
            return;
        }

        if (json.ValueKind is JsonValueKind.String)
        {
            AddText(json.GetString() ?? "");
            return;
        }

        if (json.ValueKind is not JsonValueKind.Array)
        {
            throw new BodyFaultException("messages", "messages must be a text or a list.");
        }

        int i = 0;
        foreach (JsonElement item in json.EnumerateArray())
        {
            string at = $"messages.{i++}";
            if (item.ValueKind is JsonValueKind.String)
            {
                AddText(item.GetString() ?? "");
            }
            else if (item.Object(at).Member("role") is null && item.Member("type") is not null)
            {
                AddRawItem(item, at);
            }
            else
            {
                AddMessage(item, at);
            }
        }
    }

    /// <summary>Adds a text that no role came with.</summary>
    public void AddText(string text) => Add(new Message { Id = "", Conversation = session, Text = text, Time = now, Tags = tags, Info = info });

    private void AddMessage(JsonElement item, string at)
    {
        MessageRole role = MessageRole.TryParse(item.Text("role", at), out MessageRole known) ? known
            : throw new BodyFaultException($"{at}.role", $"{at}.role must be user, assistant, system or tool.");
        ProductContent content = ProductContent.Read(item, at);
        string? chatTime = item.TextOrNumber("chat_time", at);
        bool precise = ChatTimeParser.TryParse(chatTime, now, out DateTimeOffset said);
        Add(new Message
        {
            Id = item.TextOrNumber("message_id", at) ?? "",
            Conversation = session,
            Role = role,
            Speaker = item.Text("role_name", at) ?? item.Text("name", at),
            Text = content.Text,
            Time = precise ? said : now,
            Attachments = content.Attachments,
            ToolCalls = [.. item.Elements("tool_calls", at).Select((call, i) => Call(call, $"{at}.tool_calls.{i}"))],
            ToolCallId = item.Text("tool_call_id", at),
            Tags = tags,
            Info = chatTime is null || precise ? info : info.SetItem("chat_time", chatTime), // vague: kept in its own words
        });
    }

    private void AddRawItem(JsonElement item, string at)
    {
        switch (item.Text("type", at))
        {
            case "text":
                AddText(item.Text("text", at) ?? "");
                break;
            case "file":
                Documents.Add(Document(item, at));
                break;
            default:
                throw new BodyFaultException($"{at}.type", $"{at} has no role, so its type must be text or file.");
        }
    }

    private DocumentInput Document(JsonElement item, string at)
    {
        JsonElement file = (item.Member("file") ?? throw BodyFaultException.Missing($"{at}.file")).Object($"{at}.file");
        string? id = file.Text("file_id", $"{at}.file");
        string text = ProductFile.TextOf(file.Text("file_data", $"{at}.file"))
            ?? throw new MemOSException("not_offered", $"{at}: this server reads files of plain text only, sent as base64. It opens no URL and no path.");
        return new DocumentInput
        {
            Name = file.Text("filename", $"{at}.file") ?? id ?? "file",
            Text = text,
            Tags = tags,
            Info = id is null ? info : info.SetItem(ProductInfo.File, id),
        };
    }

    private static ToolCall Call(JsonElement call, string at)
    {
        JsonElement function = (call.Object(at).Member("function") ?? throw BodyFaultException.Missing($"{at}.function")).Object($"{at}.function");
        string name = function.Text("name", $"{at}.function") ?? throw BodyFaultException.Missing($"{at}.function.name");
        string arguments = function.Member("arguments") switch
        {
            null => "{}",
            { ValueKind: JsonValueKind.String } text => text.GetString() ?? "",
            { } json => json.GetRawText(),
        };
        return new ToolCall(call.Text("id", at), name, arguments);
    }

    // A message without anything in it leaves nothing to remember and is no reason to refuse the others.
    private void Add(Message message)
    {
        if (!string.IsNullOrWhiteSpace(message.Text) || !message.Attachments.IsEmpty || !message.ToolCalls.IsEmpty)
        {
            Messages.Add(message);
        }
    }
}
