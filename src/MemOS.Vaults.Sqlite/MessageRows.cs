using System.Collections.Immutable;
using System.Text.Json;
using MemOS.Reader;

namespace MemOS.Vaults.Sqlite;

/// <summary>The columns of a message row and how a message is made of them.</summary>
internal static class MessageRows
{
    /// <summary>What every query of messages selects, in the order that <see cref="Decode"/> expects.</summary>
    public const string Columns =
        "m.number, m.conversation, m.id, m.received, m.time, m.offset, m.role, m.speaker, m.text, m.more, m.sum, " +
        "(SELECT name FROM conversation c WHERE c.number = m.conversation)";

    /// <summary>Where <see cref="Columns"/> come from.</summary>
    public const string From = "FROM message m";

    public static byte[]? EncodeMore(Message message)
    {
        if (message.Attachments.IsDefaultOrEmpty && message.ToolCalls.IsDefaultOrEmpty && message.ToolCallId is null &&
            message.ContextText is null && message.Tags.IsDefaultOrEmpty && message.Info is null)
        {
            return null;
        }

        var more = new StoredMessage
        {
            Attachments = message.Attachments.IsDefaultOrEmpty ? null :
                [.. message.Attachments.Select(item => new[] { item.Kind, item.Reference, item.Caption })],
            ToolCalls = message.ToolCalls.IsDefaultOrEmpty ? null : [.. message.ToolCalls.Select(call => new[] { call.Id, call.Name, call.Arguments })],
            ToolCallId = message.ToolCallId,
            ContextText = message.ContextText,
            Tags = message.Tags.IsDefaultOrEmpty ? null : [.. message.Tags],
            Info = message.Info?.ToDictionary(),
        };
        return JsonSerializer.SerializeToUtf8Bytes(more, StoredJson.Compact.StoredMessage);
    }

    /// <exception cref="MemOSException">The row does not have its checksum (<see cref="ErrorCodes.Corrupted"/>).</exception>
    public static Message Decode(Statement row, string file)
    {
        long number = row.Int64(0);
        if (Sum(row) != row.Int64(10) || (row.Int64(1) != 0 && row.IsNull(11)))
        {
            throw SqliteErrors.Corrupted(file, $"message {number} does not have its checksum");
        }

        try
        {
            StoredMessage? more = row.IsNull(9) ? null : JsonSerializer.Deserialize(row.Bytes(9), StoredJson.Compact.StoredMessage);
            return new Message
            {
                Id = row.Text(2),
                Conversation = row.NullableText(11),
                Role = MessageRole.TryParse(row.Text(6), out MessageRole role)
                    ? role
                    : throw SqliteErrors.Corrupted(file, $"message {number} has an unknown role"),
                Speaker = row.NullableText(7),
                Text = StoredText.Read(row, 8),
                Time = Ticks.Decode(row.Int64(4), row.Int32(5)),
                Attachments = more?.Attachments is { } attachments
                    ? [.. attachments.Select(item => new MessageAttachment(item[0] ?? "", item[1] ?? "", item[2]))]
                    : [],
                ToolCalls = more?.ToolCalls is { } calls ? [.. calls.Select(call => new ToolCall(call[0], call[1] ?? "", call[2] ?? ""))] : [],
                ToolCallId = more?.ToolCallId,
                ContextText = more?.ContextText,
                Tags = more?.Tags is { } tags ? [.. tags] : [],
                Info = more?.Info?.ToImmutableSortedDictionary(StringComparer.Ordinal),
                Number = number,
                ReceivedAt = Ticks.Decode(row.Int64(3)),
            };
        }
        catch (Exception error) when (error is JsonException or ArgumentException or IndexOutOfRangeException)
        {
            throw SqliteErrors.Corrupted(file, $"message {number} cannot be read", error);
        }
    }

    private static long Sum(Statement row)
    {
        var sum = new RowSum(row.Int64(0));
        sum.AddColumn(row, 11);
        sum.AddColumn(row, 2);
        sum.Add(row.Int64(3));
        sum.Add(row.Int64(4));
        sum.Add(row.Int64(5));
        sum.AddColumn(row, 6);
        sum.AddColumn(row, 7);
        sum.AddColumn(row, 8);
        sum.AddColumn(row, 9);
        return sum.Value;
    }
}
