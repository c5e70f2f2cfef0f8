using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace MemOS.Evaluation.Tests.Answers;

/// <summary>An endpoint on this machine that speaks the protocol of chat completions and says what a test wrote down.</summary>
internal sealed class ScriptedEndpoint : IAsyncDisposable
{
    private readonly WebApplication _app;

    private ScriptedEndpoint(WebApplication app) => _app = app;

    /// <summary>What was asked, in order.</summary>
    public ConcurrentQueue<(string Model, string Prompt, string? Key)> Asked { get; } = [];

    /// <summary>Whether answers come with counted tokens.</summary>
    public bool Counts { get; set; } = true;

    public Uri Address => new(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single() + "/v1"); // it is running

    /// <summary>Starts one.</summary>
    /// <param name="script">Gives status and answer for the number of a request, from 1, its model and its prompt.</param>
    public static async Task<ScriptedEndpoint> StartAsync(Func<int, string, string, (int Status, string Answer)> script)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        WebApplication app = builder.Build();
        ScriptedEndpoint endpoint = new(app);
        app.MapPost("/v1/chat/completions", async (HttpContext http) =>
        {
            using JsonDocument request = await JsonDocument.ParseAsync(http.Request.Body);
            string model = request.RootElement.GetProperty("model").GetString()!; // the protocol asks for it
            JsonElement content = request.RootElement.GetProperty("messages").EnumerateArray().Single().GetProperty("content");
            string prompt = content.ValueKind is JsonValueKind.String ? content.GetString()! : content.EnumerateArray().Single().GetProperty("text").GetString()!;
            Assert.Equal(0, request.RootElement.GetProperty("temperature").GetDouble());
            endpoint.Asked.Enqueue((model, prompt, http.Request.Headers.Authorization));
            (int status, string answer) = script(endpoint.Asked.Count, model, prompt);
            http.Response.StatusCode = status;
            http.Response.ContentType = "application/json";
            await http.Response.WriteAsync(status == 200 ? endpoint.Completion(model, prompt, answer) : """{"error": {"message": "scripted", "type": "scripted", "code": null}}""");
        });
        await app.StartAsync();
        return endpoint;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private string Completion(string model, string prompt, string answer)
    {
        string usage = Counts ? $$""", "usage": {"prompt_tokens": {{prompt.Length}}, "completion_tokens": 7, "total_tokens": {{prompt.Length + 7}}}""" : "";
        return $$"""
            {"id": "chatcmpl-1", "object": "chat.completion", "created": 1700000000, "model": {{JsonSerializer.Serialize(model)}},
             "choices": [{"index": 0, "message": {"role": "assistant", "content": {{JsonSerializer.Serialize(answer)}}}, "finish_reason": "stop"}]{{usage}}}
            """;
    }
}
