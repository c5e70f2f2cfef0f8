using System.Net.Http.Headers;
using MemOS.Vaults;

namespace MemOS.Api;

/// <summary>A memory server and the key to it.</summary>
/// <remarks>All members may be called concurrently. Disposing it disposes the <see cref="HttpClient"/> that it made itself, not one that it was given.</remarks>
public sealed class MemoryServerConnection : IMemoryClientFactory, IDisposable
{
    private readonly HttpClient _http;
    private readonly bool _owned;

    /// <summary>Connects to a server. Nothing is sent before the first call.</summary>
    /// <param name="server">Its address, for example <c>http://127.0.0.1:8000</c>.</param>
    /// <param name="key">The key; null for a server that asks for none.</param>
    public MemoryServerConnection(Uri server, string? key = null)
        : this(new HttpClient { BaseAddress = server ?? throw new ArgumentNullException(nameof(server)) }, owned: true)
    {
        _http.DefaultRequestHeaders.Authorization = key is null ? null : new AuthenticationHeaderValue("Bearer", key);
    }

    /// <summary>Uses a client that has the server's address as its base address and the key in its headers.</summary>
    public MemoryServerConnection(HttpClient http)
        : this(http ?? throw new ArgumentNullException(nameof(http)), owned: false)
    {
    }

    private MemoryServerConnection(HttpClient http, bool owned) => (_http, _owned) = (http, owned);

    /// <inheritdoc/>
    public IMemoryClient CreateClient(string vault) => new HttpMemoryClient(Requests(vault));

    /// <summary>The policy of the KV states of a vault. Cheap; nothing is sent before the first call.</summary>
    /// <param name="vault">Its name: 1 to 100 characters, no control characters.</param>
    /// <exception cref="MemOSException">The name is not usable (<see cref="ErrorCodes.InvalidInput"/>).</exception>
    public StatePolicyClient CreateStatePolicyClient(string vault) => new(Requests(vault));

    private VaultRequests Requests(string vault) => new(_http, new VaultId(vault).Value);

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_owned)
        {
            _http.Dispose();
        }
    }
}
