using System.Text.Json;
using System.Text.Json.Nodes;

namespace MemOS.Server.OpenAI;

/// <summary>Reads bodies whose fields are not ours to know.</summary>
internal static class JsonBody
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 64 };

    /// <summary>A text; null for anything else.</summary>
    public static string? Text(JsonNode? node) => node is JsonValue value && value.GetValueKind() is JsonValueKind.String ? value.GetValue<string>() : null;

    /// <exception cref="JsonException">It is no JSON object.</exception>
    /// <exception cref="BadHttpRequestException">It is too large, or said to be something else.</exception>
    public static async Task<JsonObject> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (!request.HasJsonContentType())
        {
            throw new BadHttpRequestException("The body must be JSON.", StatusCodes.Status415UnsupportedMediaType);
        }

        return await JsonNode.ParseAsync(request.Body, null, Strict, cancellationToken) as JsonObject ?? throw new JsonException("The body must be an object.");
    }
}
