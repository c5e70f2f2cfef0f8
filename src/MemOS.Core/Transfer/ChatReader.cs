using System.Globalization;
using System.Text.Json;
using MemOS.Reader;

namespace MemOS.Transfer;

/// <summary>Reads messages and conversations in OpenAI style.</summary>
internal sealed class ChatReader
{
    private readonly ChatMessageReader _messages;
    private readonly string _file;
    private readonly string _conversation;

    /// <summary>Makes a reader for one file.</summary>
    /// <param name="file">The file, for errors.</param>
    /// <param name="conversation">The conversation of messages that name none.</param>
    /// <param name="now">The time of messages that give none.</param>
    public ChatReader(string file, string conversation, DateTimeOffset now)
    {
        (_file, _conversation) = (file, conversation);
        _messages = new ChatMessageReader(file, now, new ContentIds());
    }

    /// <summary>Reads a message, a conversation (<c>{"messages": […]}</c>) or a bare list of messages.</summary>
    /// <param name="item">What to read.</param>
    /// <param name="index">Its place among others, from 1; null when it is the whole file.</param>
    /// <param name="where">Its place, for errors.</param>
    public IEnumerable<Message> Read(JsonElement item, int? index, string where)
    {
        string conversation = index is null ? _conversation : string.Create(CultureInfo.InvariantCulture, $"{_conversation}-{index}");
        if (item.ValueKind is JsonValueKind.Array)
        {
            return ReadAll(item, conversation, null, where);
        }

        if (item.ValueKind is JsonValueKind.Object && JsonFields.Find(item, "messages") is { } messages)
        {
            string id = JsonFields.Text(item, "conversation_id", "conversation", "session_id", "chat_id", "id") ?? conversation;
            return messages.ValueKind is JsonValueKind.Array
                ? ReadAll(messages, id, _messages.Time(item, where), $"{where}messages")
                : throw TransferErrors.Invalid($"{_file}, {where}", "\"messages\" must be a list.");
        }

        return [_messages.Read(item, _conversation, null, where)];
    }

    private IEnumerable<Message> ReadAll(JsonElement list, string conversation, DateTimeOffset? standing, string where)
    {
        int index = 0;
        foreach (JsonElement item in list.EnumerateArray())
        {
            yield return _messages.Read(item, conversation, standing, string.Create(CultureInfo.InvariantCulture, $"{where}[{index++}]"));
        }
    }
}
