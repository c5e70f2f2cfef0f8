using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace MemOS.Server.Compat.Wire;

/// <summary>An answer of this wire whose shape depends on what was asked: the JSON as it is sent.</summary>
/// <param name="body">The body.</param>
internal sealed class WireAnswer(JsonNode body) : IResult
{
    private static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The envelope of <c>/product</c>.</summary>
    public static WireAnswer Product(string message, JsonNode? data, string? task = null)
    {
        JsonObject body = new() { ["code"] = StatusCodes.Status200OK, ["message"] = message, ["data"] = data };
        if (task is not null)
        {
            body["task_id"] = task;
        }

        return new WireAnswer(body);
    }

    /// <summary>The envelope of <c>openmem/v1</c>.</summary>
    public static WireAnswer OpenMem(JsonNode data) => new(new JsonObject { ["code"] = 0, ["message"] = "ok", ["data"] = data });

    /// <summary>JSON text of a node.</summary>
    public static byte[] Bytes(JsonNode node)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter writer = new(stream, Relaxed))
        {
            node.WriteTo(writer);
        }

        return stream.ToArray();
    }

    /// <summary>A list of texts.</summary>
    public static JsonArray List(IEnumerable<string> texts) => [.. texts.Select(text => (JsonNode)text)];

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.ContentType = "application/json; charset=utf-8";
        await httpContext.Response.Body.WriteAsync(Bytes(body), httpContext.RequestAborted);
    }
}
