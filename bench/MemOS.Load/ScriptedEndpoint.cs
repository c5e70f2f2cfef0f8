using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace MemOS.Load;

/// <summary>An OpenAI-compatible endpoint that answers every completion at once with the same sentence.</summary>
internal sealed class ScriptedEndpoint : IAsyncDisposable
{
    private const string Completion =
        """{"id":"c","object":"chat.completion","created":1,"model":"scripted","choices":[{"index":0,"finish_reason":"stop","message":{"role":"assistant","content":"Noted."}}],"usage":{"prompt_tokens":1,"completion_tokens":1,"total_tokens":2}}""";

    private readonly WebApplication _app;

    private ScriptedEndpoint(WebApplication app) => _app = app;

    public Uri Address => new($"{_app.Urls.Single()}/v1");

    public static async Task<ScriptedEndpoint> StartAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        WebApplication app = builder.Build();
        app.MapPost("/v1/chat/completions", () => TypedResults.Text(Completion, "application/json"));
        await app.StartAsync();
        return new ScriptedEndpoint(app);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
