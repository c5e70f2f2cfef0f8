using System.Text.Json;
using System.Text.Json.Nodes;

namespace MemOS.Server.OpenAI;

/// <summary><c>GET /v1/models</c>: those of the endpoint, and the embedder of this server.</summary>
internal static class Models
{
    public static async Task ListAsync(HttpContext context, BuiltInEmbedder embedder, CancellationToken cancellationToken)
    {
        JsonObject list = new() { ["object"] = "list", ["data"] = new JsonArray() };
        if (context.RequestServices.GetService<IUpstream>() is { } upstream)
        {
            using HttpResponseMessage answer = await upstream.SendAsync(HttpMethod.Get, "models", null, context.Request.Headers, cancellationToken);
            byte[] body = await answer.Content.ReadAsByteArrayAsync(cancellationToken);
            UpstreamAnswer.CopyHead(answer, context.Response);
            if (!answer.IsSuccessStatusCode || UpstreamAnswer.TryParse(body) is not { } models || models["data"] is not JsonArray)
            {
                await context.Response.Body.WriteAsync(body, cancellationToken);
                return;
            }

            list = models;
        }

        ((JsonArray)list["data"]!).Add((JsonNode)Model(embedder)); // data is an array in both cases
        await WriteAsync(context, list, cancellationToken);
    }

    public static async Task GetAsync(string model, HttpContext context, BuiltInEmbedder embedder, CancellationToken cancellationToken)
    {
        if (embedder.Is(model))
        {
            await WriteAsync(context, Model(embedder), cancellationToken);
            return;
        }

        string[] names = model.Split('/');
        IUpstream? upstream = context.RequestServices.GetService<IUpstream>();
        if (upstream is null || names.Any(name => name is "" or "." or "..")) // no name leads to another address of the endpoint
        {
            throw new MemOSException("not_found", "There is no model of this name.");
        }

        string path = $"models/{string.Join('/', names.Select(Uri.EscapeDataString))}";
        using HttpResponseMessage answer = await upstream.SendAsync(HttpMethod.Get, path, null, context.Request.Headers, cancellationToken);
        UpstreamAnswer.CopyHead(answer, context.Response);
        await answer.Content.CopyToAsync(context.Response.Body, cancellationToken);
    }

    private static JsonObject Model(BuiltInEmbedder embedder) => new() { ["id"] = embedder.Model, ["object"] = "model", ["created"] = 0, ["owned_by"] = "memos" };

    private static async Task WriteAsync(HttpContext context, JsonObject body, CancellationToken cancellationToken)
    {
        context.Response.ContentType = "application/json";
        await context.Response.Body.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(body), cancellationToken);
    }
}
