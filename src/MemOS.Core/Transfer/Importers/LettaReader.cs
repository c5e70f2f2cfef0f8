using System.Text.Json;
using MemOS.Reader;

namespace MemOS.Transfer.Importers;

/// <summary>Reads agent files of Letta (<c>.af</c>, both shapes): memory blocks and archival passages as memories, what was said as messages.</summary>
/// <remarks>The system prompt and the heartbeats of the runtime are left out; the envelopes that the runtime puts around a user's words are taken off.</remarks>
internal static class LettaReader
{
    public static IEnumerable<ImportItem> Read(JsonElement value, ForeignFile file)
    {
        JsonElement[] agents = [.. value.Objects("agents")];
        string only = agents is [var agent] ? NameOf(agent) : "agent";
        return value.Objects("blocks").SelectMany(block => Block(block, only, file))
            .Concat((agents.Length > 0 ? agents : [value]).SelectMany(one => Agent(one, file)));
    }

    private static string NameOf(JsonElement agent) => JsonFields.Text(agent, "name", "id") ?? "agent";

    private static IEnumerable<ImportItem> Agent(JsonElement agent, ForeignFile file)
    {
        string name = NameOf(agent);
        return agent.Objects("core_memory", "memory_blocks").SelectMany(block => Block(block, name, file))
            .Concat(agent.Objects("passages", "archival_memory").SelectMany(passage => Passage(passage, name, file)))
            .Concat(agent.Objects("messages").SelectMany((message, index) => Said(message, $"{name}/{index}", name, file)));
    }

    private static IEnumerable<ImportItem> Block(JsonElement block, string agent, ForeignFile file)
    {
        string label = JsonFields.Text(block, "label") ?? "block";
        return file.Memory($"{agent}/{label}", JsonFields.Text(block, "value"), cube => cube with { Context = agent, Tags = [label], SaidAt = file.Time(block, "updated_at", "created_at") });
    }

    private static IEnumerable<ImportItem> Passage(JsonElement passage, string agent, ForeignFile file)
    {
        string? text = JsonFields.Text(passage, "text");
        return file.Memory(JsonFields.Text(passage, "id") ?? $"{agent}/{text}", text, cube => cube with { Context = agent, Tags = passage.Texts("tags"), SaidAt = file.Time(passage, "created_at") });
    }

    private static IEnumerable<ImportItem> Said(JsonElement message, string place, string agent, ForeignFile file)
    {
        if (!MessageRole.TryParse(JsonFields.Text(message, "role"), out MessageRole role) || role == MessageRole.System || role == MessageRole.Tool)
        {
            yield break;
        }

        string text = role == MessageRole.User ? Unwrapped(Content(message)) : Spoken(message) ?? Content(message);
        if (!string.IsNullOrWhiteSpace(text))
        {
            string id = JsonFields.Text(message, "id") ?? "";
            yield return file.Said(new Message
            {
                Id = id.StartsWith("message-", StringComparison.Ordinal) && id.Length < 20 ? place : id.Length > 0 ? id : place, // "message-0" is unique in its agent only
                Conversation = agent,
                Role = role,
                Speaker = JsonFields.Text(message, "name"),
                Text = text,
                Time = file.Time(message, "created_at") ?? file.Now,
            });
        }
    }

    private static string Content(JsonElement message) => message.Content("content") is { Length: > 0 } content ? content : JsonFields.Text(message, "text") ?? "";

    // {"type": "user_message", "message": "..."} is a user's words; other envelopes (heartbeat, login) are the runtime's own.
    private static string Unwrapped(string content) => Envelope(content) is { } envelope
        ? JsonFields.Text(envelope, "type") is "user_message" ? JsonFields.Text(envelope, "message") ?? "" : ""
        : content;

    // What the agent says to the user may stand in a call of send_message, its content being its thoughts.
    private static string? Spoken(JsonElement message)
    {
        foreach (JsonElement call in message.Objects("tool_calls"))
        {
            if (JsonFields.Find(call, "function") is { ValueKind: JsonValueKind.Object } function && JsonFields.Text(function, "name") is "send_message" &&
                Envelope(JsonFields.Text(function, "arguments") ?? "") is { } arguments)
            {
                return JsonFields.Text(arguments, "message");
            }
        }

        return null;
    }

    private static JsonElement? Envelope(string text)
    {
        if (!text.StartsWith('{'))
        {
            return null;
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(text);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return null; // words that begin with a brace
        }
    }
}
