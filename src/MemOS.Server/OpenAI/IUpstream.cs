using System.Text.Json.Nodes;

namespace MemOS.Server.OpenAI;

/// <summary>What answers chat completions: an endpoint over HTTP, or a chat client in this process.</summary>
internal interface IUpstream
{
    /// <summary>Sends a request on.</summary>
    /// <param name="method">Its method.</param>
    /// <param name="path">Its path below <c>/v1</c>, without a slash in front.</param>
    /// <param name="body">Its body, or null.</param>
    /// <param name="headers">Its headers.</param>
    /// <param name="cancellationToken">Gives up, upstream too.</param>
    /// <returns>The answer, whatever its status; its body has not been read yet. The caller disposes it.</returns>
    /// <exception cref="MemOSException"><see cref="ErrorCodes.Unreachable"/>.</exception>
    Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, JsonNode? body, IHeaderDictionary headers, CancellationToken cancellationToken);
}
