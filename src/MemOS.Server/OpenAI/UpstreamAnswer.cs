using System.Text.Json;
using System.Text.Json.Nodes;

namespace MemOS.Server.OpenAI;

/// <summary>Reads answers of an endpoint.</summary>
internal static class UpstreamAnswer
{
    // What belongs to one hop, or to a body that is written anew.
    private static readonly HashSet<string> Own = new(StringComparer.OrdinalIgnoreCase)
    {
        "Connection", "Keep-Alive", "Proxy-Authenticate", "Proxy-Connection", "Trailer", "Transfer-Encoding", "Upgrade", "Server", "Date", "Set-Cookie", "Alt-Svc",
        "Content-Length", "Strict-Transport-Security",
    };

    /// <summary>Passes status and headers on.</summary>
    public static void CopyHead(HttpResponseMessage answer, HttpResponse response)
    {
        response.StatusCode = (int)answer.StatusCode;
        foreach ((string name, IEnumerable<string> values) in answer.Headers.NonValidated.Select(header => (header.Key, header.Value.AsEnumerable()))
            .Concat(answer.Content.Headers.NonValidated.Select(header => (header.Key, header.Value.AsEnumerable()))))
        {
            if (!Own.Contains(name) && !name.StartsWith("Access-Control-", StringComparison.OrdinalIgnoreCase)) // which pages may read answers is not the endpoint's to say
            {
                response.Headers[name] = values.ToArray();
            }
        }
    }

    /// <summary>A body as a JSON object; null when it is none.</summary>
    public static JsonObject? TryParse(ReadOnlySpan<byte> body)
    {
        try
        {
            return JsonNode.Parse(body, null, new JsonDocumentOptions { AllowDuplicateProperties = false }) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>What the model said: the text of the first choice; null when it said nothing.</summary>
    public static string? Words(JsonObject? completion) => Text(First(completion)?["message"]);

    /// <summary>What a piece of a stream adds to the first choice; null for nothing.</summary>
    public static string? Piece(JsonObject? chunk) => Text(First(chunk)?["delta"]);

    /// <summary>What the model thought, where the endpoint tells: in the message, or in a piece of a stream (<c>delta</c>).</summary>
    public static string? Reasoning(JsonObject? answer, string part) => First(answer)?[part] is JsonObject message ? Text(message, "reasoning_content") ?? Text(message, "reasoning") : null;

    private static JsonObject? First(JsonObject? answer) => answer?["choices"] is JsonArray choices
        ? choices.OfType<JsonObject>().FirstOrDefault(choice => choice["index"] is not JsonValue index || (index.TryGetValue(out int number) && number == 0))
        : null;

    private static string? Text(JsonNode? message, string field = "content") => JsonBody.Text((message as JsonObject)?[field]);
}
