using System.ClientModel;
using System.ClientModel.Primitives;
using System.Text.Json;
using Microsoft.Extensions.AI;
using OpenAI;

namespace MemOS.Models.Remote;

/// <summary>Clients for endpoints that speak OpenAI's protocol. The clients are safe from any thread; whoever makes one disposes it.</summary>
public static class RemoteModel
{
    private const string NoKey = "none"; // servers on one's own machine often want none, and the library wants something

    /// <summary>A chat client. Failures of the endpoint are <see cref="ModelException"/>s.</summary>
    public static IChatClient Chat(RemoteModelOptions options) => new RemoteChatClient(Client(options).GetChatClient(options.Model).AsIChatClient());

    /// <summary>An embedding generator. Failures of the endpoint are <see cref="ModelException"/>s.</summary>
    public static IEmbeddingGenerator<string, Embedding<float>> Embeddings(RemoteModelOptions options) => new RemoteEmbeddingGenerator(Client(options).GetEmbeddingClient(options.Model).AsIEmbeddingGenerator());

    /// <summary>The library's error as ours. Bodies of answers may hold texts, so they are not repeated.</summary>
    internal static ModelException Translate(Exception exception)
    {
        int status = exception is ClientResultException result ? result.Status : 0;
        return status switch
        {
            401 or 403 => new ModelException(ModelErrorCodes.RemoteRefused, $"The endpoint refused the key (status {status}).", exception),
            404 => new ModelException(ModelErrorCodes.ModelNotFound, "The endpoint does not know this model or address (status 404).", exception),
            429 => new ModelException(ModelErrorCodes.RemoteUnavailable, "The endpoint limits the rate of requests (status 429); ask again later.", exception) { IsTransient = true },
            _ when IsUnreadable(exception) => NotOfTheProtocol(exception),
            >= 400 and < 500 => new ModelException(ModelErrorCodes.InvalidRequest, $"The endpoint did not accept the request (status {status}).", exception),
            _ => new ModelException(ModelErrorCodes.RemoteUnavailable, status == 0 ? "The endpoint cannot be reached, or its answer broke off." : $"The endpoint failed (status {status}).", exception) { IsTransient = true },
        };
    }

    /// <summary>What is said of an answer that is none of OpenAI's protocol, as web pages and other servers give them.</summary>
    internal static ModelException NotOfTheProtocol(Exception? exception = null) =>
        new(ModelErrorCodes.RemoteUnavailable, "The endpoint answered, but not as OpenAI's protocol has it; look whether the address is that of such an endpoint. It often ends in /v1.", exception);

    /// <summary>Whether an exception came from the endpoint or the way to it.</summary>
    internal static bool IsRemote(Exception exception, CancellationToken cancellationToken) => exception switch
    {
        ClientResultException or HttpRequestException or IOException => true,
        AggregateException many => many.InnerExceptions.All(inner => IsRemote(inner, cancellationToken)), // the library's tries, all of which failed
        OperationCanceledException => !cancellationToken.IsCancellationRequested, // its own time limit
        _ => IsUnreadable(exception),
    };

    // How the library meets an answer that lacks what it reads.
    private static bool IsUnreadable(Exception exception) => exception is JsonException or (InvalidOperationException and not ObjectDisposedException) or FormatException or KeyNotFoundException or ArgumentOutOfRangeException or ArgumentNullException;

    private static OpenAIClient Client(RemoteModelOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new OpenAIClient(new ApiKeyCredential(options.Key is { Length: > 0 } key ? key : NoKey), new OpenAIClientOptions
        {
            Endpoint = options.Endpoint,
            NetworkTimeout = options.Timeout,
            RetryPolicy = new ClientRetryPolicy(options.Retries),
        });
    }
}
