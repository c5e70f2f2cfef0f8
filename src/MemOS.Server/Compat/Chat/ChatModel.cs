using System.Net;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json.Nodes;
using MemOS.Server.OpenAI;

namespace MemOS.Server.Compat.Chat;

/// <summary>Asks the chat model of this server, whichever it is, for a client of this wire.</summary>
/// <param name="upstream">The model's endpoint.</param>
/// <param name="named">The model that is asked when a request names none; null for the first that the endpoint lists.</param>
internal sealed class ChatModel(IUpstream upstream, string? named)
{
    private static readonly HeaderDictionary NoHeaders = [];

    /// <summary>The chat model of this server.</summary>
    /// <exception cref="MemOSException">It has none.</exception>
    public static ChatModel Of(IServiceProvider services) => services.GetService<IUpstream>() is { } upstream
        ? new ChatModel(upstream, services.GetRequiredService<ServerSettings>().UpstreamModel)
        : throw new MemOSException("no_model", "No chat model is configured. Start the server with --upstream URL, the address of an OpenAI-compatible endpoint.");

    /// <summary>Asks and waits for the whole answer.</summary>
    /// <exception cref="MemOSException">The endpoint failed, or does not know the model.</exception>
    public async Task<ChatWords> AnswerAsync(ChatAsk ask, IReadOnlyList<string> recalled, CancellationToken cancellationToken)
    {
        using HttpResponseMessage answer = await SendAsync(ask, recalled, stream: false, cancellationToken);
        JsonObject? completion = UpstreamAnswer.TryParse(await answer.Content.ReadAsByteArrayAsync(cancellationToken));
        return UpstreamAnswer.Words(completion) is { } text ? new ChatWords(text, UpstreamAnswer.Reasoning(completion, "message")) : throw Failed("The model's endpoint gave no answer that could be read.");
    }

    /// <summary>Asks and gives the answer piece by piece.</summary>
    /// <exception cref="MemOSException">The endpoint failed, or does not know the model; or its answer broke off.</exception>
    public async IAsyncEnumerable<ChatWords> StreamAsync(ChatAsk ask, IReadOnlyList<string> recalled, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using HttpResponseMessage answer = await SendAsync(ask, recalled, stream: true, cancellationToken);
        await using Stream body = await answer.Content.ReadAsStreamAsync(cancellationToken);
        await using IAsyncEnumerator<SseItem<string>> events = SseParser.Create(body, (_, data) => Encoding.UTF8.GetString(data)).EnumerateAsync(cancellationToken).GetAsyncEnumerator(cancellationToken);
        while (true)
        {
            try
            {
                if (!await events.MoveNextAsync() || events.Current.Data == "[DONE]")
                {
                    yield break;
                }
            }
            catch (Exception e) when (e is HttpRequestException or IOException or HttpIOException)
            {
                throw Failed("The model's answer broke off.", e);
            }

            JsonObject? chunk = UpstreamAnswer.TryParse(Encoding.UTF8.GetBytes(events.Current.Data));
            ChatWords words = new(UpstreamAnswer.Piece(chunk), UpstreamAnswer.Reasoning(chunk, "delta"));
            if (words is not { Text: null or "", Reasoning: null or "" })
            {
                yield return words;
            }
        }
    }

    private static MemOSException Failed(string message, Exception? cause = null) => new(ErrorCodes.ModelFailed, message, cause);

    private async Task<HttpResponseMessage> SendAsync(ChatAsk ask, IReadOnlyList<string> recalled, bool stream, CancellationToken cancellationToken)
    {
        string model = ask.Model ?? named ?? (await ModelsAsync(cancellationToken) is [var first, ..] ? first : null) ?? throw Failed("The model's endpoint lists no model; name one with --upstream-model.");
        HttpResponseMessage answer = await upstream.SendAsync(HttpMethod.Post, "chat/completions", ask.ToRequest(model, recalled, stream), NoHeaders, cancellationToken);
        if (answer.IsSuccessStatusCode)
        {
            return answer;
        }

        HttpStatusCode status = answer.StatusCode;
        answer.Dispose();
        if (status is HttpStatusCode.TooManyRequests)
        {
            throw new MemOSException("rate_limited", "The model's endpoint has a rate limit, which is reached: wait and ask again.") { IsTransient = true };
        }

        if (ask.Model is not null && status is HttpStatusCode.NotFound or HttpStatusCode.BadRequest && await ModelsAsync(cancellationToken) is { Count: > 0 } models && !models.Contains(ask.Model))
        {
            throw new MemOSException(ErrorCodes.InvalidInput, $"There is no such model. There are: {string.Join(", ", models.Take(50))}.");
        }

        throw status is HttpStatusCode.BadRequest or HttpStatusCode.UnprocessableEntity
            ? new MemOSException(ErrorCodes.InvalidInput, $"The model's endpoint did not accept the request (status {(int)status}).")
            : Failed($"The model's endpoint failed (status {(int)status}).");
    }

    private async Task<IReadOnlyList<string>> ModelsAsync(CancellationToken cancellationToken)
    {
        using HttpResponseMessage answer = await upstream.SendAsync(HttpMethod.Get, "models", null, NoHeaders, cancellationToken);
        return answer.IsSuccessStatusCode && UpstreamAnswer.TryParse(await answer.Content.ReadAsByteArrayAsync(cancellationToken))?["data"] is JsonArray list
            ? [.. list.OfType<JsonObject>().Select(model => model["id"]).OfType<JsonValue>().Select(id => id.TryGetValue(out string? name) ? name : null).OfType<string>()]
            : [];
    }
}
