namespace MemOS.Server.OpenAI;

/// <summary>The wire of OpenAI in front of any model, with memory added: clients change their base URL and key, and nothing else.</summary>
internal static class OpenAIRoutes
{
    /// <summary>The header that names the session.</summary>
    public const string SessionHeader = "X-MemOS-Session";

    /// <summary>The header of an answer with the ids of the memories that the model was given, separated by commas.</summary>
    public const string MemoriesHeader = "X-MemOS-Memories";

    public static void MapOpenAI(this IEndpointRouteBuilder app)
    {
        RouteGroupBuilder v1 = app.MapGroup("/v1");
        v1.ExcludeFromDescription(); // a protocol with a description of its own
        v1.MapPost("/chat/completions", ChatCompletions.CompleteAsync);
        v1.MapPost("/embeddings", Embeddings.EmbedAsync);
        v1.MapGet("/models", Models.ListAsync);
        v1.MapGet("/models/{**model}", Models.GetAsync);
    }
}
