using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace MemOS.Server.Tests.OpenAI;

/// <summary>An endpoint that speaks the protocol over a port of its own. What it answers depends on the model that is asked.</summary>
internal sealed class ScriptedUpstream : IAsyncDisposable
{
    public const string Key = "upstream-secret";
    private readonly WebApplication _app;
    private readonly TaskCompletionSource _cancelled = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ScriptedUpstream(WebApplication app) => _app = app;

    public Uri Address => new($"{_app.Urls.Single()}/v1");

    /// <summary>The bodies of the completions asked for.</summary>
    public ConcurrentQueue<JsonObject> Requests { get; } = [];

    /// <summary>The headers of the last request.</summary>
    public IHeaderDictionary? LastHeaders { get; private set; }

    /// <summary>Done when a client of a slow answer has gone.</summary>
    public Task Cancelled => _cancelled.Task;

    /// <summary>What the model named "plan" answers.</summary>
    public ConcurrentQueue<string> Plans { get; } = [];

    /// <summary>Set when a broken answer is to break off.</summary>
    public TaskCompletionSource Break { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public static async Task<ScriptedUpstream> StartAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        WebApplication app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        ScriptedUpstream upstream = new(app);
        app.MapPost("/v1/chat/completions", upstream.CompleteAsync);
        app.MapGet("/v1/models", () => Results.Text("""{"object":"list","data":[{"id":"echo","object":"model","created":1,"owned_by":"upstream"}]}""", "application/json"));
        app.MapFallback(() => Results.Text("""{"error":{"message":"No such model","type":"invalid_request_error","code":"model_not_found","param":null}}""", "application/json", statusCode: 404));
        await app.StartAsync();
        return upstream;
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private async Task CompleteAsync(HttpContext context)
    {
        JsonObject request = (JsonObject)(await JsonNode.ParseAsync(context.Request.Body))!;
        Requests.Enqueue(request);
        LastHeaders = context.Request.Headers;
        if (context.Request.Headers.Authorization != $"Bearer {Key}")
        {
            context.Response.StatusCode = 401;
            return;
        }

        string model = (string)request["model"]!;
        string last = Content(request["messages"]!.AsArray().Last()!["content"]!);
        context.Response.Headers["x-request-id"] = "req-1";
        context.Response.Headers.AccessControlAllowOrigin = "*";
        switch (model)
        {
            case "limited":
                context.Response.StatusCode = 429;
                context.Response.Headers.RetryAfter = "7";
                await context.Response.WriteAsJsonAsync(new { error = new { message = "Slow down, please.", type = "requests", code = "rate_limit_exceeded" } });
                break;
            case "tools":
                context.Response.ContentType = "application/json";
                await context.Response.WriteAsync("""{"id":"c","object":"chat.completion","created":1,"model":"tools","choices":[{"index":0,"finish_reason":"tool_calls","message":{"role":"assistant","content":null,"tool_calls":[{"id":"t1","type":"function","function":{"name":"weather","arguments":"{}"}}]}}]}""");
                break;
            case "slow":
                await StreamAsync(context, last.Split(' '), endless: true);
                break;
            case "broken":
                await StreamAsync(context, ["half", "an"], endless: false);
                await Break.Task;
                context.Abort();
                break;
            case "plan":
                context.Response.ContentType = "application/json";
                await context.Response.WriteAsync(Completion(model, Plans.TryDequeue(out string? plan) ? plan : "I would rather not."));
                break;
            case "thinker":
                context.Response.ContentType = "application/json";
                JsonObject thought = (JsonObject)JsonNode.Parse(Completion(model, "Forty-two."))!;
                thought["choices"]![0]!["message"]!["reasoning_content"] = "Six times seven.";
                await context.Response.WriteAsync(thought.ToJsonString());
                break;
            case "torn":
                context.Response.ContentType = "application/json";
                context.Response.ContentLength = 1000;
                await context.Response.WriteAsync("{");
                await context.Response.Body.FlushAsync();
                context.Abort();
                break;
            case "unknown":
                context.Response.StatusCode = 404;
                await context.Response.WriteAsJsonAsync(new { error = new { message = "No such model" } });
                break;
            case "nonsense":
                context.Response.ContentType = "application/json";
                await context.Response.WriteAsync("this is no JSON");
                break;
            default:
                if ((bool?)request["stream"] == true)
                {
                    await StreamAsync(context, last.Split(' '), endless: false);
                    await context.Response.WriteAsync("data: [DONE]\n\n");
                }
                else
                {
                    context.Response.ContentType = "application/json";
                    await context.Response.WriteAsync(Completion(model, $"You said: {last}"));
                }

                break;
        }
    }

    private async Task StreamAsync(HttpContext context, string[] words, bool endless)
    {
        context.Response.ContentType = "text/event-stream";
        foreach (string word in words.Select((word, i) => i == 0 ? word : $" {word}"))
        {
            JsonObject chunk = new()
            {
                ["id"] = "c",
                ["object"] = "chat.completion.chunk",
                ["created"] = 1,
                ["model"] = "echo",
                ["choices"] = new JsonArray(new JsonObject { ["index"] = 0, ["delta"] = new JsonObject { ["content"] = word } }),
            };
            await context.Response.WriteAsync($"data: {chunk.ToJsonString()}\n\n");
            await context.Response.Body.FlushAsync();
        }

        if (endless)
        {
            using CancellationTokenRegistration gone = context.RequestAborted.Register(() => _cancelled.TrySetResult());
            await _cancelled.Task;
        }
    }

    private static string Completion(string model, string text) => new JsonObject
    {
        ["id"] = "c",
        ["object"] = "chat.completion",
        ["created"] = 1,
        ["model"] = model,
        ["choices"] = new JsonArray(new JsonObject { ["index"] = 0, ["finish_reason"] = "stop", ["message"] = new JsonObject { ["role"] = "assistant", ["content"] = text } }),
        ["usage"] = new JsonObject { ["prompt_tokens"] = 1, ["completion_tokens"] = 1, ["total_tokens"] = 2 },
    }.ToJsonString();

    private static string Content(JsonNode content) => content is JsonArray parts ? string.Join("\n", parts.Select(part => (string?)part!["text"])) : (string)content!;
}
