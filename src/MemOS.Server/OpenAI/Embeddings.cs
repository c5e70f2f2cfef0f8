using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;

namespace MemOS.Server.OpenAI;

/// <summary><c>POST /v1/embeddings</c>: by the embedder of this server, or by the endpoint behind it for every other model.</summary>
internal static class Embeddings
{
    private const int MostInputs = 2048;

    public static async Task EmbedAsync(HttpContext context, BuiltInEmbedder embedder, CancellationToken cancellationToken)
    {
        JsonObject body = await JsonBody.ReadAsync(context.Request, cancellationToken);
        string? model = JsonBody.Text(body["model"]);
        if (!embedder.Is(model) && context.RequestServices.GetService<IUpstream>() is { } upstream)
        {
            using HttpResponseMessage answer = await upstream.SendAsync(HttpMethod.Post, "embeddings", body, context.Request.Headers, cancellationToken);
            UpstreamAnswer.CopyHead(answer, context.Response);
            await answer.Content.CopyToAsync(context.Response.Body, cancellationToken);
            return;
        }

        string[] inputs = Inputs(body["input"]);
        bool base64 = JsonBody.Text(body["encoding_format"]) switch
        {
            null or "float" => false,
            "base64" => true,
            _ => throw Invalid("encoding_format must be float or base64."),
        };
        GeneratedEmbeddings<Embedding<float>> vectors = await embedder.Generator.GenerateAsync(inputs, cancellationToken: cancellationToken);
        if (body["dimensions"] is { } wanted && !(wanted is JsonValue number && number.TryGetValue(out int dimensions) && dimensions == vectors[0].Vector.Length))
        {
            throw Invalid($"Vectors of {embedder.Model} have {vectors[0].Vector.Length} dimensions; leave dimensions out.");
        }

        int tokens = inputs.Sum(input => (input.Length + 3) / 4);
        JsonObject response = new()
        {
            ["object"] = "list",
            ["data"] = new JsonArray([.. vectors.Select((vector, index) => (JsonNode)new JsonObject
            {
                ["object"] = "embedding",
                ["index"] = index,
                ["embedding"] = base64 ? Convert.ToBase64String(MemoryMarshal.AsBytes(vector.Vector.Span)) : new JsonArray([.. vector.Vector.ToArray().Select(value => (JsonNode)value)]),
            })]),
            ["model"] = embedder.Model,
            ["usage"] = new JsonObject { ["prompt_tokens"] = tokens, ["total_tokens"] = tokens },
        };
        context.Response.ContentType = "application/json";
        await context.Response.Body.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(response), cancellationToken);
    }

    private static string[] Inputs(JsonNode? input)
    {
        string[] texts = input is JsonArray list ? [.. list.Select(item => JsonBody.Text(item) ?? "")] : [JsonBody.Text(input) ?? ""];
        return texts.Length is > 0 and <= MostInputs && texts.All(text => text.Length > 0)
            ? texts
            : throw Invalid($"input is a text, or 1 to {MostInputs} of them, none of them empty. This embedder does not take tokens.");
    }

    private static MemOSException Invalid(string message) => new(ErrorCodes.InvalidInput, message);
}
