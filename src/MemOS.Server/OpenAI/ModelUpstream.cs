using System.IO.Pipelines;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using MemOS.Activation;
using Microsoft.Extensions.AI;

namespace MemOS.Server.OpenAI;

/// <summary>A chat client in this process, as an endpoint: text in, text out, at once or as a stream.</summary>
internal sealed class ModelUpstream(IChatClient model, TimeProvider clock) : IUpstream
{
    /// <summary>Whether memories may come as such, to be mounted as states where there are any, instead of as text in the conversation.</summary>
    public bool TakesMemories => model.GetService(typeof(ActivationMemory)) is not null;

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

        return (await CompleteAsync(request, null, null, cancellationToken)).Answer;
    }

    /// <summary>Answers a chat completion.</summary>
    /// <param name="request">Its body.</param>
    /// <param name="recalled">Memories for it, where <see cref="TakesMemories"/>; null for none.</param>
    /// <param name="steering">Vectors that steer it, where <see cref="TakesMemories"/>; null for none.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The answer, whose body may still be on its way, and the memories that are in its context.</returns>
    public async Task<(HttpResponseMessage Answer, IReadOnlyList<UsedMemory> Used)> CompleteAsync(JsonObject request, RecalledMemories? recalled, SteeringUse? steering, CancellationToken cancellationToken)
    {
        (List<ChatMessage> messages, ChatOptions options) = LocalChat.Read(request);
        options = steering?.AddTo(options) ?? options;
        bool streams = request["stream"] is JsonValue stream && stream.TryGetValue(out bool on) && on;
        IAsyncEnumerator<ChatResponseUpdate> updates = model.GetStreamingResponseAsync(messages, recalled?.AddTo(options) ?? options, cancellationToken).GetAsyncEnumerator(cancellationToken);
        bool handedOn = false;
        try
        {
            // The first update says what is in the context; a failure before it is still one with a status.
            bool any = await updates.MoveNextAsync();
            IReadOnlyList<UsedMemory> used = any && updates.Current.AdditionalProperties?.GetValueOrDefault(RecalledMemories.UsedProperty) is IReadOnlyList<UsedMemory> told ? told : [];
            if (streams)
            {
                Pipe pipe = new();
                handedOn = true;
                _ = WriteAsync(pipe.Writer, updates, any, TellsUsage(request), cancellationToken); // ends when the reader does
                return (new HttpResponseMessage(HttpStatusCode.OK) { Content = new StreamContent(pipe.Reader.AsStream()) { Headers = { ContentType = new MediaTypeHeaderValue("text/event-stream") } } }, used);
            }

            List<ChatResponseUpdate> all = [];
            for (; any; any = await updates.MoveNextAsync())
            {
                all.Add(updates.Current);
            }

            return (Json(Completion(all.ToChatResponse())), used);
        }
        finally
        {
            if (!handedOn)
            {
                await updates.DisposeAsync();
            }
        }
    }

    private static HttpResponseMessage Json(JsonObject body) => new(HttpStatusCode.OK) { Content = new StringContent(body.ToJsonString(), new MediaTypeHeaderValue("application/json")) };

    private JsonObject Completion(ChatResponse response)
    {
        JsonObject completion = Envelope("chat.completion", NewId(), clock.GetUtcNow(), new JsonObject
        {
            ["index"] = 0,
            ["message"] = new JsonObject { ["role"] = "assistant", ["content"] = response.Text },
            ["finish_reason"] = response.FinishReason?.Value ?? "stop",
        });
        if (response.Usage is { } usage)
        {
            completion["usage"] = Usage(usage);
        }

        return completion;
    }

    private static JsonObject Usage(UsageDetails usage) => new()
    {
        ["prompt_tokens"] = usage.InputTokenCount ?? 0,
        ["completion_tokens"] = usage.OutputTokenCount ?? 0,
        ["total_tokens"] = usage.TotalTokenCount ?? (usage.InputTokenCount ?? 0) + (usage.OutputTokenCount ?? 0),
    };

    private async Task WriteAsync(PipeWriter output, IAsyncEnumerator<ChatResponseUpdate> updates, bool any, bool tellsUsage, CancellationToken cancellationToken)
    {
        try
        {
            await using IAsyncDisposable owned = updates;
            (string id, DateTimeOffset now) = (NewId(), clock.GetUtcNow()); // of all chunks: by them a client knows that they are one answer
            ChatFinishReason? reason = null;
            UsageDetails? usage = null;
            for (; any; any = await updates.MoveNextAsync())
            {
                ChatResponseUpdate update = updates.Current;
                reason = update.FinishReason ?? reason;
                usage = update.Contents.OfType<UsageContent>().LastOrDefault()?.Details ?? usage;
                JsonObject choice = new() { ["index"] = 0, ["delta"] = new JsonObject { ["role"] = "assistant", ["content"] = update.Text } };
                if (update.Text.Length > 0 && await EventAsync(output, Envelope("chat.completion.chunk", id, now, choice), cancellationToken))
                {
                    break; // nobody reads on
                }
            }

            await EventAsync(output, Envelope("chat.completion.chunk", id, now, new JsonObject { ["index"] = 0, ["delta"] = new JsonObject(), ["finish_reason"] = reason?.Value ?? "stop" }), cancellationToken);
            if (tellsUsage && usage is not null)
            {
                JsonObject chunk = Envelope("chat.completion.chunk", id, now);
                chunk["usage"] = Usage(usage);
                await EventAsync(output, chunk, cancellationToken);
            }

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

    private static bool TellsUsage(JsonObject request) =>
        request["stream_options"] is JsonObject stream && stream["include_usage"] is JsonValue value && value.TryGetValue(out bool on) && on;

    private string NewId() => $"chatcmpl-{Guid.CreateVersion7(clock.GetUtcNow()):N}";

    private JsonObject Envelope(string kind, string id, DateTimeOffset created, params JsonNode?[] choices) => new()
    {
        ["id"] = id,
        ["object"] = kind,
        ["created"] = created.ToUnixTimeSeconds(),
        ["model"] = Name,
        ["choices"] = new JsonArray(choices),
    };
}
