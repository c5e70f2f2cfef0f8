using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace MemOS.Api;

/// <summary>Requests about one vault on a server.</summary>
internal sealed class VaultRequests(HttpClient http, string vault)
{
    private static readonly ApiJsonContext Json = ApiJsonContext.Default;
    private readonly string _path = $"api/v1/vaults/{Uri.EscapeDataString(vault)}";

    public string Vault => vault;

    /// <summary>A body, made for each time that it is sent.</summary>
    public static Func<HttpContent> Body<T>(T body, JsonTypeInfo<T> type)
    {
        ArgumentNullException.ThrowIfNull(body);
        return () => JsonContent.Create(body, type);
    }

    /// <summary>Sends a request, and makes the vault first where it is not there.</summary>
    public async Task<T> SendAsync<T>(HttpMethod method, string url, Func<HttpContent>? body, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        try
        {
            return await SendOnceAsync(method, _path + url, body, type, cancellationToken).ConfigureAwait(false);
        }
        catch (MemOSException e) when (e.Code == ErrorCodes.VaultNotFound)
        {
            await CreateAsync(cancellationToken).ConfigureAwait(false);
            return await SendOnceAsync(method, _path + url, body, type, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task CreateAsync(CancellationToken cancellationToken)
    {
        try
        {
            await SendOnceAsync(
                HttpMethod.Post, "api/v1/vaults", Body(new CreateVaultRequest { Id = vault }, Json.CreateVaultRequest), Json.VaultDescription, cancellationToken).ConfigureAwait(false);
        }
        catch (MemOSException e) when (e.Code == ErrorCodes.VaultExists)
        {
            // Another client was faster.
        }
    }

    private async Task<T> SendOnceAsync<T>(HttpMethod method, string url, Func<HttpContent>? body, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        using HttpRequestMessage request = new(method, url) { Content = body?.Invoke() };
        try
        {
            using HttpResponseMessage response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
            return response.IsSuccessStatusCode
                ? await response.Content.ReadFromJsonAsync(type, cancellationToken).ConfigureAwait(false) ?? throw NotUnderstood(null)
                : throw await ServerFailure.ReadAsync(response, cancellationToken).ConfigureAwait(false);
        }
        catch (HttpRequestException e)
        {
            throw new MemOSException(ErrorCodes.Unreachable, "The memory server cannot be reached. Check its address, and that it runs.", e) { IsTransient = true };
        }
        catch (OperationCanceledException e) when (e.InnerException is TimeoutException)
        {
            throw new MemOSException(ErrorCodes.Unreachable, "The memory server did not answer in time.", e) { IsTransient = true };
        }
        catch (JsonException e)
        {
            throw NotUnderstood(e);
        }
    }

    private static MemOSException NotUnderstood(Exception? cause) =>
        new(ErrorCodes.Unreachable, "What answers at this address is no memory server of this version.", cause);
}
