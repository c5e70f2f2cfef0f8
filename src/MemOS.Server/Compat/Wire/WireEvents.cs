using System.Text.Json.Nodes;

namespace MemOS.Server.Compat.Wire;

/// <summary>A stream of events of this wire: a line <c>data: JSON</c> and an empty line each, at once.</summary>
/// <param name="response">Where they go.</param>
internal sealed class WireEvents(HttpResponse response)
{
    /// <summary>Whether something was sent, so that no other status can be.</summary>
    public bool HasBegun { get; private set; }

    /// <summary>Sends an event.</summary>
    public async Task SendAsync(JsonObject data)
    {
        if (!HasBegun)
        {
            response.ContentType = "text/event-stream";
            response.Headers.CacheControl = "no-cache";
            HasBegun = true;
        }

        byte[] line = [.. "data: "u8, .. WireAnswer.Bytes(data), .. "\n\n"u8];
        await response.Body.WriteAsync(line, response.HttpContext.RequestAborted);
        await response.Body.FlushAsync(response.HttpContext.RequestAborted);
    }

    /// <summary>Sends an event with a type and, where it has any, data.</summary>
    public Task SendAsync(string type, JsonNode? data = null)
    {
        JsonObject body = new() { ["type"] = type };
        if (data is not null)
        {
            body["data"] = data;
        }

        return SendAsync(body);
    }
}
