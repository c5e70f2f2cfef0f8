using System.Net.Http.Headers;
using System.Text.Json.Nodes;

namespace MemOS.Server.OpenAI;

/// <summary>An OpenAI-compatible endpoint over HTTP.</summary>
internal sealed class HttpUpstream : IUpstream, IDisposable
{
    // As long as the clients of OpenAI wait. A stream that has begun is not timed.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    // Of the client's headers only those that mean something to the endpoint go on; its key is for this server.
    private static readonly string[] Passed = ["OpenAI-Beta", "OpenAI-Organization", "OpenAI-Project", "Idempotency-Key", "Accept"];

    private readonly HttpClient _http;
    private readonly TimeProvider _clock;

    /// <summary>Uses an endpoint.</summary>
    /// <param name="endpoint">Its address, with <c>/v1</c> if it has that.</param>
    /// <param name="key">Its key, or null.</param>
    /// <param name="clock">What measures the timeout.</param>
    public HttpUpstream(Uri endpoint, string? key, TimeProvider clock)
    {
        _clock = clock;
        _http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, PooledConnectionLifetime = TimeSpan.FromMinutes(15) })
        {
            BaseAddress = endpoint.AbsoluteUri.EndsWith('/') ? endpoint : new Uri(endpoint.AbsoluteUri + "/"),
            Timeout = Timeout.InfiniteTimeSpan,
        };
        _http.DefaultRequestHeaders.Authorization = key is null ? null : new AuthenticationHeaderValue("Bearer", key);
    }

    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, JsonNode? body, IHeaderDictionary headers, CancellationToken cancellationToken)
    {
        using HttpRequestMessage request = new(method, path);
        request.Content = body is null ? null : new StringContent(body.ToJsonString(), new MediaTypeHeaderValue("application/json"));
        foreach (string name in Passed)
        {
            if (headers.TryGetValue(name, out Microsoft.Extensions.Primitives.StringValues values))
            {
                request.Headers.TryAddWithoutValidation(name, values.AsEnumerable());
            }
        }

        using CancellationTokenSource late = new(Patience, _clock);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, late.Token);
        try
        {
            return await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
        }
        catch (HttpRequestException e)
        {
            throw new MemOSException(ErrorCodes.Unreachable, "The model's endpoint cannot be reached. Check --upstream.", e) { IsTransient = true };
        }
        catch (OperationCanceledException e) when (late.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new MemOSException(ErrorCodes.Unreachable, "The model's endpoint did not answer in time.", e) { IsTransient = true };
        }
    }

    public void Dispose() => _http.Dispose();
}
