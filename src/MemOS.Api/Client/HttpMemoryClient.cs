using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace MemOS.Api;

/// <summary>The memories of one vault on a server.</summary>
internal sealed class HttpMemoryClient(HttpClient http, string vault) : IMemoryClient
{
    private static readonly ApiJsonContext Json = ApiJsonContext.Default;
    private readonly string _path = $"api/v1/vaults/{Uri.EscapeDataString(vault)}";

    public string Vault => vault;

    public Task<AddMessagesResponse> AddAsync(AddMessagesRequest request, CancellationToken cancellationToken = default) =>
        SendAsync(HttpMethod.Post, "/messages", Body(request, Json.AddMessagesRequest), Json.AddMessagesResponse, cancellationToken);

    public Task<AddMessagesResponse> AddDocumentAsync(AddDocumentRequest request, CancellationToken cancellationToken = default) =>
        SendAsync(HttpMethod.Post, "/documents", Body(request, Json.AddDocumentRequest), Json.AddMessagesResponse, cancellationToken);

    public Task<RecallResponse> RecallAsync(RecallRequest request, CancellationToken cancellationToken = default) =>
        SendAsync(HttpMethod.Post, "/recall", Body(request, Json.RecallRequest), Json.RecallResponse, cancellationToken);

    public async Task<CubeRecord?> GetAsync(Guid cube, int? version = null, CancellationToken cancellationToken = default)
    {
        string url = version is { } number ? string.Create(CultureInfo.InvariantCulture, $"/cubes/{cube}?version={number}") : $"/cubes/{cube}";
        try
        {
            return await SendAsync(HttpMethod.Get, url, null, Json.CubeRecord, cancellationToken).ConfigureAwait(false);
        }
        catch (MemOSException e) when (e.Code == ErrorCodes.CubeNotFound)
        {
            return null;
        }
    }

    public Task<CubePage> ListAsync(CubeListRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        string url = string.Create(CultureInfo.InvariantCulture, $"/cubes?after={request.After}");
        url += request.State is null ? "" : $"&state={Uri.EscapeDataString(request.State)}";
        url += request.Type is null ? "" : $"&type={Uri.EscapeDataString(request.Type)}";
        url += request.Limit is { } limit ? string.Create(CultureInfo.InvariantCulture, $"&limit={limit}") : "";
        return SendAsync(HttpMethod.Get, url, null, Json.CubePage, cancellationToken);
    }

    public Task<CubeRecord> UpdateAsync(Guid cube, UpdateCubeRequest request, CancellationToken cancellationToken = default) =>
        SendAsync(HttpMethod.Patch, $"/cubes/{cube}", Body(request, Json.UpdateCubeRequest), Json.CubeRecord, cancellationToken);

    public Task<ForgetResponse> ForgetAsync(ForgetRequest request, CancellationToken cancellationToken = default) =>
        SendAsync(HttpMethod.Post, "/forget", Body(request, Json.ForgetRequest), Json.ForgetResponse, cancellationToken);

    public Task<CubeList> HistoryAsync(Guid cube, CancellationToken cancellationToken = default) =>
        SendAsync(HttpMethod.Get, $"/cubes/{cube}/versions", null, Json.CubeList, cancellationToken);

    public Task<ExplanationRecord> ExplainAsync(Guid cube, CancellationToken cancellationToken = default) =>
        SendAsync(HttpMethod.Get, $"/cubes/{cube}/explain", null, Json.ExplanationRecord, cancellationToken);

    public Task<CubeRecord> GiveFeedbackAsync(Guid cube, FeedbackRequest request, CancellationToken cancellationToken = default) =>
        SendAsync(HttpMethod.Post, $"/cubes/{cube}/feedback", Body(request, Json.FeedbackRequest), Json.CubeRecord, cancellationToken);

    public Task<SpokenFeedbackResponse> GiveFeedbackAsync(SpokenFeedbackRequest request, CancellationToken cancellationToken = default) =>
        SendAsync(HttpMethod.Post, "/feedback", Body(request, Json.SpokenFeedbackRequest), Json.SpokenFeedbackResponse, cancellationToken);

    private static Func<HttpContent> Body<T>(T body, JsonTypeInfo<T> type)
    {
        ArgumentNullException.ThrowIfNull(body);
        return () => JsonContent.Create(body, type);
    }

    private async Task<T> SendAsync<T>(HttpMethod method, string url, Func<HttpContent>? body, JsonTypeInfo<T> type, CancellationToken cancellationToken)
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
