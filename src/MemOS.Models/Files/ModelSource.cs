using System.Net;
using System.Net.Http.Headers;

namespace MemOS.Models.Files;

/// <summary>A model file at an address, and the key that its server asks for.</summary>
/// <param name="http">What asks.</param>
/// <param name="address">Where.</param>
/// <param name="key">Shown to the server of the address and to no other; null for none.</param>
internal sealed class ModelSource(HttpClient http, Uri address, string? key)
{
    private const int MostPlacesOfTheServer = 10;

    /// <summary>The address without what may hold a key, for messages and notes.</summary>
    public string Origin { get; } = NameOf(address);

    /// <summary>An address without query, name and password.</summary>
    public static string NameOf(Uri address) => address.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped);

    /// <summary>Asks for the file.</summary>
    /// <param name="from">From which byte on.</param>
    /// <param name="tag">The state of the file that the byte belongs to; the whole file comes where it has another, or where this is null.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ModelException">It sends to where it is not followed.</exception>
    public async Task<HttpResponseMessage> AskAsync(long from, string? tag, CancellationToken cancellationToken)
    {
        Uri at = address;
        for (int places = 1; ; places++)
        {
            using HttpRequestMessage request = Request(at, from, tag);
            HttpResponseMessage response = await SendAsync(request, cancellationToken).ConfigureAwait(false);

            // The handler shows the key nowhere that it is sent on to, to another place of the same server neither: there it is shown again.
            if (key is null || places == MostPlacesOfTheServer || response.StatusCode is not (HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden)
                || request.RequestUri is not { } last || last == at || !IsOfServer(last))
            {
                return response;
            }

            response.Dispose();
            at = last;
        }
    }

    /// <summary>Why the file is not taken from where the source sends to.</summary>
    public ModelException NotFollowed(Uri? to, Exception? inner = null) => new(
        ModelErrorCodes.DownloadFailed,
        $"{Origin} sends to {(to is { IsAbsoluteUri: true } ? $"{to.Scheme}://{to.Host}" : "another place")}, where it is not followed: only to http and https, from https only to https, and not without end. Give the address of the file itself.",
        inner);

    /// <summary>What a refusal means.</summary>
    public ModelException Refused(int status, Exception inner) => new(
        ModelErrorCodes.DownloadFailed,
        $"{Origin} answered with status {status}.{(status is 401 or 403 ? key is null ? " It wants a key: name one with --key-env or --key-file." : " It did not take the key, or sent on to another server, which is not shown it." : "")}",
        inner);

    private bool IsOfServer(Uri other) => Uri.Compare(address, other, UriComponents.SchemeAndServer, UriFormat.UriEscaped, StringComparison.OrdinalIgnoreCase) == 0;

    private HttpRequestMessage Request(Uri at, long from, string? tag)
    {
        HttpRequestMessage request = new(HttpMethod.Get, at);
        request.Headers.Authorization = key is null ? null : new AuthenticationHeaderValue("Bearer", key);
        if (from > 0 && tag is not null)
        {
            request.Headers.Range = new RangeHeaderValue(from, null);
            request.Headers.TryAddWithoutValidation("If-Range", tag);
        }

        return request;
    }

    // The handler writes into the request where it follows; from http it would follow into any scheme.
    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            return await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not OperationCanceledException && request.RequestUri?.Scheme is not ("http" or "https"))
        {
            throw NotFollowed(request.RequestUri, exception);
        }
    }
}
