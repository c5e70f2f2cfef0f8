using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;

namespace MemOS.Server.OpenAI;

/// <summary>Reads a chat completion for a model in this process. What such a model cannot do is refused, not passed over.</summary>
internal static class LocalChat
{
    /// <exception cref="MemOSException"><see cref="ErrorCodes.InvalidInput"/>.</exception>
    public static (List<ChatMessage> Messages, ChatOptions Options) Read(JsonObject request)
    {
        if (request["messages"] is not JsonArray { Count: > 0 } list)
        {
            throw Invalid("messages must be a list of at least one message.");
        }

        if (request["tools"] is JsonArray { Count: > 0 } || request["functions"] is JsonArray { Count: > 0 })
        {
            throw Invalid("The model of this server calls no tools; leave tools out, or put an endpoint that does behind the server.");
        }

        if (Number(request, "n") is not (null or 1) || request["logit_bias"] is JsonObject { Count: > 0 } || (request["logprobs"] is JsonValue logs && logs.TryGetValue(out bool tells) && tells))
        {
            throw Invalid("The model of this server gives one answer, without logprobs, and takes no logit_bias; leave n, logprobs and logit_bias out.");
        }

        ChatOptions options = new()
        {
            Temperature = (float?)Number(request, "temperature"),
            TopP = (float?)Number(request, "top_p"),
            MaxOutputTokens = (int?)(Number(request, "max_completion_tokens") ?? Number(request, "max_tokens")),
            FrequencyPenalty = (float?)Number(request, "frequency_penalty"),
            PresencePenalty = (float?)Number(request, "presence_penalty"),
            Seed = (long?)Number(request, "seed"),
            ResponseFormat = Format(request["response_format"]),
            StopSequences = request["stop"] switch
            {
                null => null,
                JsonArray several => [.. several.Select(stop => JsonBody.Text(stop) ?? throw Invalid("stop must be a text or a list of texts."))],
                JsonNode one => [JsonBody.Text(one) ?? throw Invalid("stop must be a text or a list of texts.")],
            },
        };
        return ([.. list.Select(Message)], options);
    }

    private static ChatResponseFormat? Format(JsonNode? node) => node switch
    {
        null => null,
        JsonObject format when JsonBody.Text(format["type"]) is { } type => type switch
        {
            "text" => ChatResponseFormat.Text,
            "json_object" => ChatResponseFormat.Json,
            "json_schema" when format["json_schema"] is JsonObject { } named && named["schema"] is JsonObject schema => ChatResponseFormat.ForJsonSchema(Element(schema)),
            _ => throw Invalid("response_format must be of the type text, json_object, or json_schema with a schema in it."),
        },
        _ => throw Invalid("response_format must be an object with a type."),
    };

    private static JsonElement Element(JsonNode node)
    {
        using JsonDocument document = JsonDocument.Parse(node.ToJsonString());
        return document.RootElement.Clone();
    }

    private static ChatMessage Message(JsonNode? node)
    {
        if (node is not JsonObject message)
        {
            throw Invalid("Every message must be an object.");
        }

        ChatRole role = JsonBody.Text(message["role"]) switch
        {
            "system" or "developer" => ChatRole.System,
            "user" => ChatRole.User,
            "assistant" => ChatRole.Assistant,
            _ => throw Invalid("The role of a message must be system, developer, user or assistant."),
        };
        return new ChatMessage(role, message["content"] switch
        {
            null => "",
            JsonArray parts => string.Join("\n", parts.Select(part => part is JsonObject piece && JsonBody.Text(piece["type"]) == "text" && JsonBody.Text(piece["text"]) is { } text ? text : throw Invalid("The model of this server reads text only."))),
            JsonNode content => JsonBody.Text(content) ?? throw Invalid("The content of a message must be a text or a list of parts."),
        });
    }

    private static double? Number(JsonObject request, string name) => request[name] switch
    {
        null => null,
        JsonValue value when value.TryGetValue(out double number) && Math.Abs(number) <= int.MaxValue => number,
        _ => throw Invalid($"{name} must be a number."),
    };

    private static MemOSException Invalid(string message) => new(ErrorCodes.InvalidInput, message);
}
