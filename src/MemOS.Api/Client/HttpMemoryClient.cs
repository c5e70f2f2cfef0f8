using System.Globalization;

namespace MemOS.Api;

/// <summary>The memories of one vault on a server.</summary>
internal sealed class HttpMemoryClient(VaultRequests requests) : IMemoryClient
{
    private static readonly ApiJsonContext Json = ApiJsonContext.Default;

    public string Vault => requests.Vault;

    public Task<AddMessagesResponse> AddAsync(AddMessagesRequest request, CancellationToken cancellationToken = default) =>
        requests.SendAsync(HttpMethod.Post, "/messages", VaultRequests.Body(request, Json.AddMessagesRequest), Json.AddMessagesResponse, cancellationToken);

    public Task<AddMessagesResponse> AddDocumentAsync(AddDocumentRequest request, CancellationToken cancellationToken = default) =>
        requests.SendAsync(HttpMethod.Post, "/documents", VaultRequests.Body(request, Json.AddDocumentRequest), Json.AddMessagesResponse, cancellationToken);

    public Task<RecallResponse> RecallAsync(RecallRequest request, CancellationToken cancellationToken = default) =>
        requests.SendAsync(HttpMethod.Post, "/recall", VaultRequests.Body(request, Json.RecallRequest), Json.RecallResponse, cancellationToken);

    public async Task<CubeRecord?> GetAsync(Guid cube, int? version = null, CancellationToken cancellationToken = default)
    {
        string url = version is { } number ? string.Create(CultureInfo.InvariantCulture, $"/cubes/{cube}?version={number}") : $"/cubes/{cube}";
        try
        {
            return await requests.SendAsync(HttpMethod.Get, url, null, Json.CubeRecord, cancellationToken).ConfigureAwait(false);
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
        return requests.SendAsync(HttpMethod.Get, url, null, Json.CubePage, cancellationToken);
    }

    public Task<CubeRecord> UpdateAsync(Guid cube, UpdateCubeRequest request, CancellationToken cancellationToken = default) =>
        requests.SendAsync(HttpMethod.Patch, $"/cubes/{cube}", VaultRequests.Body(request, Json.UpdateCubeRequest), Json.CubeRecord, cancellationToken);

    public Task<ForgetResponse> ForgetAsync(ForgetRequest request, CancellationToken cancellationToken = default) =>
        requests.SendAsync(HttpMethod.Post, "/forget", VaultRequests.Body(request, Json.ForgetRequest), Json.ForgetResponse, cancellationToken);

    public Task<CubeList> HistoryAsync(Guid cube, CancellationToken cancellationToken = default) =>
        requests.SendAsync(HttpMethod.Get, $"/cubes/{cube}/versions", null, Json.CubeList, cancellationToken);

    public Task<ExplanationRecord> ExplainAsync(Guid cube, CancellationToken cancellationToken = default) =>
        requests.SendAsync(HttpMethod.Get, $"/cubes/{cube}/explain", null, Json.ExplanationRecord, cancellationToken);

    public Task<CubeRecord> GiveFeedbackAsync(Guid cube, FeedbackRequest request, CancellationToken cancellationToken = default) =>
        requests.SendAsync(HttpMethod.Post, $"/cubes/{cube}/feedback", VaultRequests.Body(request, Json.FeedbackRequest), Json.CubeRecord, cancellationToken);

    public Task<SpokenFeedbackResponse> GiveFeedbackAsync(SpokenFeedbackRequest request, CancellationToken cancellationToken = default) =>
        requests.SendAsync(HttpMethod.Post, "/feedback", VaultRequests.Body(request, Json.SpokenFeedbackRequest), Json.SpokenFeedbackResponse, cancellationToken);
}
