using System.Text.Json;
using System.Text.Json.Nodes;
using MemOS.Chat;
using MemOS.Reader;
using MemOS.Scheduler;
using MemOS.Server.Compat.Wire;

namespace MemOS.Server.Compat.Chat;

/// <summary>A question to the chat model as a client of this wire asks it.</summary>
internal sealed record ChatAsk
{
    /// <summary>The question.</summary>
    public required string Query { get; init; }

    /// <summary>An instruction for the model, or null.</summary>
    public string? System { get; init; }

    /// <summary>What was said before, oldest first.</summary>
    public IReadOnlyList<(string Role, string Text)> History { get; init; } = [];

    /// <summary>The model that is asked for, or null.</summary>
    public string? Model { get; init; }

    /// <summary>As for the endpoint.</summary>
    public double? Temperature { get; init; }

    /// <inheritdoc cref="Temperature"/>
    public double? TopP { get; init; }

    /// <inheritdoc cref="Temperature"/>
    public int? MaxTokens { get; init; }

    /// <summary>Reads a body.</summary>
    /// <exception cref="BodyFaultException">Something in it is not as it must be.</exception>
    /// <exception cref="MemOSException">It asks for what this server does not do.</exception>
    public static ChatAsk Read(WireBody body, string modelKey)
    {
        if (body.Flag("internet_search", false))
        {
            throw new MemOSException("not_offered", "This server never searches the internet; leave internet_search out.");
        }

        return new ChatAsk
        {
            Query = body.Required("query"),
            System = body.Text("system_prompt"),
            History = Read(body.Json("history")),
            Model = body.Text(modelKey),
            Temperature = body.Number("temperature"),
            TopP = body.Number("top_p"),
            MaxTokens = body.Count("max_tokens", 1, int.MaxValue),
        };
    }

    /// <summary>The request to the endpoint. What was recalled stands in front of the question as data, not as an instruction of the system.</summary>
    public JsonObject ToRequest(string model, IReadOnlyList<string> recalled, bool stream)
    {
        JsonArray messages = [];
        if (System is not null)
        {
            messages.Add((JsonNode)Message("system", System));
        }

        foreach ((string role, string text) in History)
        {
            messages.Add((JsonNode)Message(role, text));
        }

        string notes = InjectionPlan.Framed(recalled);
        messages.Add((JsonNode)Message("user", notes.Length == 0 ? Query : $"{notes}\n\n{Query}"));
        JsonObject request = new() { ["model"] = model, ["messages"] = messages };
        Set("temperature", Temperature is { } heat ? JsonValue.Create(heat) : null);
        Set("top_p", TopP is { } share ? JsonValue.Create(share) : null);
        Set("max_tokens", MaxTokens is { } most ? JsonValue.Create(most) : null);
        if (stream)
        {
            request["stream"] = true;
        }

        return request;

        void Set(string name, JsonValue? value)
        {
            if (value is not null)
            {
                request[name] = value;
            }
        }
    }

    /// <summary>The question without what recall once put into it; null when nothing is left.</summary>
    public string? OwnWords => ConversationMemory.Own(Query);

    private static JsonObject Message(string role, string text) => new() { ["role"] = role, ["content"] = text };

    private static List<(string, string)> Read(JsonElement? history)
    {
        List<(string, string)> turns = [];
        if (history is not { } list)
        {
            return turns;
        }

        _ = list.ValueKind is JsonValueKind.Array ? 0 : throw new BodyFaultException("history", "history must be a list of messages.");
        int i = 0;
        foreach (JsonElement item in list.EnumerateArray())
        {
            string at = $"history.{i++}";
            string role = item.Object(at).Text("role", at) ?? "user";
            _ = MessageRole.TryParse(role, out _) ? 0 : throw new BodyFaultException($"{at}.role", $"{at}.role must be user, assistant, system or tool.");
            if (role != "tool" && ProductContent.Read(item, at).Text is { Length: > 0 } text)
            {
                turns.Add((role, text)); // a tool's answer means nothing without the call that it answers
            }
        }

        return turns;
    }
}
