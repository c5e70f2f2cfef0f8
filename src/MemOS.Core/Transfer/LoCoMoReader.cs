using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using MemOS.Reader;
using MemOS.Reader.Time;

namespace MemOS.Transfer;

/// <summary>Reads the turns of a LoCoMo conversation (arXiv 2402.17753, data format v2). Its annotations are never read.</summary>
/// <remarks>
/// A turn's id is its <c>dia_id</c>, its conversation is its session. A session has one time, so each turn is put a second after the one before;
/// the file names no zone, so times are taken as UTC.
/// </remarks>
internal static class LoCoMoReader
{
    private const string Prefix = "session_";

    public static bool IsSession(ReadOnlySpan<char> name) =>
        name.StartsWith(Prefix) && int.TryParse(name[Prefix.Length..], NumberStyles.None, CultureInfo.InvariantCulture, out _);

    public static IEnumerable<Message> Read(JsonElement conversation, string file)
    {
        IEnumerable<(string Name, JsonElement Turns)> sessions = conversation.EnumerateObject()
            .Where(property => IsSession(property.Name) && property.Value.ValueKind is JsonValueKind.Array)
            .Select(property => (property.Name, property.Value))
            .OrderBy(session => int.Parse(session.Name.AsSpan(Prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture));
        foreach ((string name, JsonElement turns) in sessions)
        {
            DateTimeOffset time = SessionTime(conversation, name, file);
            foreach (JsonElement turn in turns.EnumerateArray())
            {
                yield return Turn(turn, name, time, file);
                time = time.AddSeconds(1);
            }
        }
    }

    private static DateTimeOffset SessionTime(JsonElement conversation, string session, string file)
    {
        string field = $"{session}_date_time";
        string? text = conversation.TryGetProperty(field, out JsonElement value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;
        return ChatTimeParser.TryParse(text, DateTimeOffset.UnixEpoch, out DateTimeOffset time)
            ? time
            : throw TransferErrors.Invalid(file, $"{field} is missing or not a time like \"1:56 pm on 8 May, 2023\".");
    }

    private static Message Turn(JsonElement turn, string session, DateTimeOffset time, string file)
    {
        if (turn.ValueKind is not JsonValueKind.Object)
        {
            throw TransferErrors.Invalid(file, $"{session} holds a turn that is not an object.");
        }

        string id = JsonFields.Text(turn, "dia_id") ?? throw TransferErrors.Invalid(file, $"{session} holds a turn without a dia_id.");
        return new Message
        {
            Id = id,
            Conversation = session,
            Speaker = JsonFields.Text(turn, "speaker"),
            Text = JsonFields.Text(turn, "text") ?? "",
            Time = time,
            Attachments = Pictures(turn),
        };
    }

    private static ImmutableArray<MessageAttachment> Pictures(JsonElement turn)
    {
        string? caption = JsonFields.Text(turn, "blip_caption");
        List<string> addresses = [];
        if (turn.TryGetProperty("img_url", out JsonElement value))
        {
            addresses.AddRange(value.ValueKind switch
            {
                JsonValueKind.String => [value.GetString()!], // a JSON string is not null
                JsonValueKind.Array => value.EnumerateArray().Where(item => item.ValueKind is JsonValueKind.String).Select(item => item.GetString()!),
                _ => [],
            });
        }

        return addresses.Count == 0
            ? caption is null ? [] : [new MessageAttachment("image", "", caption)]
            : [.. addresses.Select((address, index) => new MessageAttachment("image", address, index == 0 ? caption : null))];
    }
}
