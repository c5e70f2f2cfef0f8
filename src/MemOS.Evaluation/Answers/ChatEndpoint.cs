using System.ClientModel;
using Microsoft.Extensions.AI;
using OpenAI;

namespace MemOS.Evaluation.Answers;

/// <summary>A model at an OpenAI-compatible endpoint: asks, asks again when it is busy, and counts tokens.</summary>
/// <remarks>Answers are asked for at temperature 0. Safe for use from several threads.</remarks>
public sealed class ChatEndpoint : IDisposable
{
    private readonly IChatClient _client;
    private readonly string _model;

    /// <summary>Makes a client; nothing is sent yet.</summary>
    /// <param name="endpoint">The address, as OpenAI's clients take it: usually ends in <c>/v1</c>.</param>
    /// <param name="model">The model, as the endpoint names it.</param>
    /// <param name="key">The key; null where the endpoint asks for none.</param>
    /// <param name="retry">How often and after what pauses to ask again; null for five times, from one second to half a minute.</param>
    public ChatEndpoint(Uri endpoint, string model, string? key, BoundedRetryPolicy? retry = null)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        ArgumentException.ThrowIfNullOrEmpty(model);
        _model = model;
        OpenAIClientOptions options = new() { Endpoint = endpoint, RetryPolicy = retry ?? new BoundedRetryPolicy() };
        _client = new OpenAIClient(new ApiKeyCredential(string.IsNullOrEmpty(key) ? "none" : key), options).GetChatClient(model).AsIChatClient();
    }

    /// <summary>Asks, and gives the answer with what it took.</summary>
    /// <exception cref="PromptRefusedException">The endpoint will not take this prompt; others it may.</exception>
    /// <exception cref="MemOSException"><see cref="ErrorCodes.ModelFailed"/> when the endpoint is not there, does not let us in, or stays busy.</exception>
    public async Task<(string Answer, TokenUsage Usage)> AskAsync(string prompt, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(prompt);
        try
        {
            ChatResponse response = await _client.GetResponseAsync(prompt, new ChatOptions { Temperature = 0 }, cancellationToken).ConfigureAwait(false);
            UsageDetails? usage = response.Usage;
            return (response.Text.Trim(), usage is { InputTokenCount: { } input, OutputTokenCount: { } output }
                ? new TokenUsage(input, output, false)
                : new TokenUsage(Estimate(prompt), Estimate(response.Text), true));
        }
        catch (ClientResultException exception) when (exception.Status is 400 or 413 or 422)
        {
            throw new PromptRefusedException(exception.Status, exception);
        }
        catch (Exception exception) when (exception is ClientResultException or HttpRequestException or AggregateException or IOException || IsTimeout(exception, cancellationToken))
        {
            string what = exception is ClientResultException { Status: > 0 and int status } ? $"answered with HTTP status {status}" : "did not answer";
            throw new MemOSException(ErrorCodes.ModelFailed, $"The endpoint {what} when asked for model '{_model}'. Look at its address, key and model name; what was answered before is kept.", exception);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    private static long Estimate(string text) => (text.Length + 3) / 4;

    private static bool IsTimeout(Exception exception, CancellationToken cancellationToken) => exception is OperationCanceledException && !cancellationToken.IsCancellationRequested;
}
