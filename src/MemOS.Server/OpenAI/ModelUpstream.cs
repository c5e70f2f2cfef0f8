using System.IO.Pipelines;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;

namespace MemOS.Server.OpenAI;

/// <summary>A chat client in this process, as an endpoint: text in, text out, at once or as a stream.</summary>
internal sealed class ModelUpstream(IChatClient model, TimeProvider clock) : IUpstream
{
    private string Name => (model.GetService(typeof(ChatClientMetadata)) as ChatClientMetadata)?.DefaultModelId ?? "local";

    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, JsonNode? body, IHeaderDictionary headers, CancellationToken cancellationToken)
    {
        if (method == HttpMethod.Get && path == "models")
        {
            JsonObject entry = new() { ["id"] = Name, ["object"] = "model", ["created"] = 0, ["owned_by"] = "memos" };
            return Json(new JsonObject { ["object"] = "list", ["data"] = new JsonArray(entry) });
        }

        if (method != HttpMethod.Post || path != "chat/completions" || body is not JsonObject request)
        {
            throw new MemOSException("not_found", "The model of this server answers chat completions and nothing else.");
        }

        (List<ChatMessage> messages, ChatOptions options) = LocalChat.Read(request);
        if (request["stream"] is JsonValue stream && stream.TryGetValue(out bool on) && on)
        {
            Pipe pipe = new();
            _ = WriteAsync(pipe.Writer, messages, options, cancellationToken); // ends when the reader does
            return new HttpResponseMessage(HttpStatusCode.OK) { Content = new StreamContent(pipe.Reader.AsStream()) { Headers = { ContentType = new MediaTypeHeaderValue("text/event-stream") } } };
        }

        ChatResponse response = await model.GetResponseAsync(messages, options, cancellationToken);
        JsonObject completion = Envelope("chat.completion", new JsonObject
        {
            ["index"] = 0,
            ["message"] = new JsonObject { ["role"] = "assistant", ["content"] = response.Text },
            ["finish_reason"] = response.FinishReason?.Value ?? "stop",
        });
        if (response.Usage is { } usage)
        {
            completion["usage"] = new JsonObject
            {
                ["prompt_tokens"] = usage.InputTokenCount ?? 0,
                ["completion_tokens"] = usage.OutputTokenCount ?? 0,
                ["total_tokens"] = usage.TotalTokenCount ?? (usage.InputTokenCount ?? 0) + (usage.OutputTokenCount ?? 0),
            };
        }

        return Json(completion);
    }

    private static HttpResponseMessage Json(JsonObject body) => new(HttpStatusCode.OK) { Content = new StringContent(body.ToJsonString(), new MediaTypeHeaderValue("application/json")) };

    private async Task WriteAsync(PipeWriter output, List<ChatMessage> messages, ChatOptions options, CancellationToken cancellationToken)
    {
        try
        {
            ChatFinishReason? reason = null;
            await foreach (ChatResponseUpdate update in model.GetStreamingResponseAsync(messages, options, cancellationToken))
            {
                reason = update.FinishReason ?? reason;
                JsonObject choice = new() { ["index"] = 0, ["delta"] = new JsonObject { ["role"] = "assistant", ["content"] = update.Text } };
                if (update.Text.Length > 0 && await EventAsync(output, Envelope("chat.completion.chunk", choice), cancellationToken))
                {
                    break; // nobody reads on
                }
            }

            await EventAsync(output, Envelope("chat.completion.chunk", new JsonObject { ["index"] = 0, ["delta"] = new JsonObject(), ["finish_reason"] = reason?.Value ?? "stop" }), cancellationToken);
            await output.WriteAsync("data: [DONE]\n\n"u8.ToArray(), cancellationToken);
            await output.CompleteAsync();
        }
        catch (Exception e)
        {
            await output.CompleteAsync(e); // it is the reader's to report
        }
    }

    private static async Task<bool> EventAsync(PipeWriter output, JsonObject chunk, CancellationToken cancellationToken)
    {
        byte[] line = [.. "data: "u8, .. JsonSerializer.SerializeToUtf8Bytes(chunk), .. "\n\n"u8];
        return (await output.WriteAsync(line, cancellationToken)).IsCompleted;
    }

    private JsonObject Envelope(string kind, JsonObject choice) => new()
    {
        ["id"] = $"chatcmpl-{Guid.CreateVersion7(clock.GetUtcNow()):N}",
        ["object"] = kind,
        ["created"] = clock.GetUtcNow().ToUnixTimeSeconds(),
        ["model"] = Name,
        ["choices"] = new JsonArray(choice),
    };
}
