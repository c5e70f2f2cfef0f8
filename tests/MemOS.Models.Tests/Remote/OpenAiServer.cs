using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace MemOS.Models.Tests.Remote;

/// <summary>A server on this machine that speaks as much of OpenAI's protocol as the tests ask.</summary>
internal sealed class OpenAiServer : IAsyncDisposable
{
    private readonly WebApplication application;

    private OpenAiServer(WebApplication application) => this.application = application;

    public Uri Endpoint => new(application.Urls.Single() + "/v1");

    /// <summary>What chat requests are answered with in place of an answer; 200 answers.</summary>
    public int Status { get; set; } = 200;

    /// <summary>What everything is answered with in place of what the protocol has; null for the protocol.</summary>
    public string? Instead { get; set; }

    public string? Key { get; private set; }

    public static async Task<OpenAiServer> StartAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        WebApplication application = builder.Build();
        OpenAiServer server = new(application);
        application.MapPost("/v1/chat/completions", (HttpContext context) => server.ChatAsync(context));
        application.MapPost("/v1/embeddings", () => Results.Text(server.Instead ?? """{"object":"list","model":"m","data":[{"object":"embedding","index":0,"embedding":"AACAPwAAAEAAAEBA"}],"usage":{"prompt_tokens":1,"total_tokens":1}}""", "application/json"));
        await application.StartAsync();
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        await application.StopAsync();
        await application.DisposeAsync();
    }

    private async Task ChatAsync(HttpContext context)
    {
        Key = context.Request.Headers.Authorization;
        using StreamReader reader = new(context.Request.Body);
        string body = await reader.ReadToEndAsync(context.RequestAborted);
        context.Response.StatusCode = Status;
        if (Status != 200)
        {
            return;
        }

        if (Instead is not null)
        {
            context.Response.ContentType = "application/json";
            await context.Response.WriteAsync(Instead, context.RequestAborted);
            return;
        }

        if (!body.Contains("\"stream\":true", StringComparison.Ordinal))
        {
            context.Response.ContentType = "application/json";
            await context.Response.WriteAsync("""{"id":"1","object":"chat.completion","created":1,"model":"m","choices":[{"index":0,"message":{"role":"assistant","content":"hello there"},"finish_reason":"stop"}],"usage":{"prompt_tokens":3,"completion_tokens":2,"total_tokens":5}}""", context.RequestAborted);
            return;
        }

        context.Response.ContentType = "text/event-stream";
        foreach (string word in (string[])["hello", " there"])
        {
            await context.Response.WriteAsync($$"""data: {"id":"1","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":0,"delta":{"role":"assistant","content":"{{word}}"},"finish_reason":null}]}""" + "\n\n", context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
        }

        await context.Response.WriteAsync("data: [DONE]\n\n", context.RequestAborted);
    }
}
