using System.Collections.Immutable;
using MemOS.Api;
using MemOS.Api.Wire;
using MemOS.Cubes;
using MemOS.Governance;
using MemOS.Operator;
using MemOS.Reader;
using MemOS.Vaults;

namespace MemOS.Client;

/// <summary>The memories of one vault in this process.</summary>
/// <param name="host">Opens the vault for each call.</param>
/// <param name="id">The vault.</param>
/// <param name="caller">Who acts.</param>
/// <param name="create">Whether the vault is made when it does not exist.</param>
/// <param name="clock">Where time comes from.</param>
internal sealed class EmbeddedMemoryClient(VaultHost host, VaultId id, Caller caller, bool create, TimeProvider clock) : IMemoryClient
{
    private const int MostSources = 100;

    public string Vault => id.Value;

    public async Task<AddMessagesResponse> AddAsync(AddMessagesRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        Message[] messages = request.ToMessages(clock.GetUtcNow());
        await using VaultLease lease = await OpenAsync(cancellationToken).ConfigureAwait(false);
        return (await lease.Vault.AddAsync(messages, caller, cancellationToken).ConfigureAwait(false)).ToRecord();
    }

    public async Task<AddMessagesResponse> AddDocumentAsync(AddDocumentRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        DocumentInput document = request.ToDocument(clock.GetUtcNow());
        await using VaultLease lease = await OpenAsync(cancellationToken).ConfigureAwait(false);
        return (await lease.Vault.AddDocumentAsync(document, caller, cancellationToken).ConfigureAwait(false)).ToRecord();
    }

    public async Task<RecallResponse> RecallAsync(RecallRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        Operator.Recall.RecallQuery query = request.ToQuery() with { Caller = caller };
        await using VaultLease lease = await OpenAsync(cancellationToken).ConfigureAwait(false);
        return (await lease.Vault.RecallAsync(query, cancellationToken).ConfigureAwait(false)).ToRecord();
    }

    public async Task<CubeRecord?> GetAsync(Guid cube, int? version = null, CancellationToken cancellationToken = default)
    {
        await using VaultLease lease = await OpenAsync(cancellationToken).ConfigureAwait(false);
        return (version is { } number ? lease.Vault.FindVersion(new CubeId(cube), number, caller) : lease.Vault.Find(new CubeId(cube), caller))?.ToRecord();
    }

    public async Task<CubePage> ListAsync(CubeListRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        int most = RequestValues.Limit(request.Limit, 100, 1000);
        CubeState state = WireName<CubeState>.Read(request.State, default, "state");
        SemanticType? type = request.Type is null ? null : RequestValues.Type(request.Type);
        await using VaultLease lease = await OpenAsync(cancellationToken).ConfigureAwait(false);
        MemCube[] found = lease.Vault.Read(reader => reader.ReadCurrent(request.After)
            .Where(cube => (request.State is null || cube.State == state) && (type is null || cube.Descriptive.Type == type))
            .Select(cube => CubeView.ProjectVersion(cube, cube.Governance, caller)).OfType<MemCube>().Take(most + 1).ToArray());
        return new CubePage { Items = [.. found.Take(most).Select(CubeRecords.ToRecord)], Next = found.Length > most ? found[most - 1].Sequence : null };
    }

    public Task<CubeRecord> UpdateAsync(Guid cube, UpdateCubeRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return UpdateAsync(cube, request.ToUpdate(null), RequestValues.Branch(request.Branch), cancellationToken);
    }

    public async Task<ForgetResponse> ForgetAsync(ForgetRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        ForgetScope scope = request.ToScope();
        await using VaultLease lease = await OpenAsync(cancellationToken).ConfigureAwait(false);
        ForgetResult forgotten = await lease.Vault.ForgetAsync(scope, caller, cancellationToken).ConfigureAwait(false);
        return new ForgetResponse { Cubes = [.. forgotten.Cubes.Select(gone => gone.Value)], Messages = forgotten.Messages };
    }

    public async Task<CubeList> HistoryAsync(Guid cube, CancellationToken cancellationToken = default)
    {
        await using VaultLease lease = await OpenAsync(cancellationToken).ConfigureAwait(false);
        IReadOnlyList<MemCube> versions = lease.Vault.History(new CubeId(cube), caller);
        return versions.Count > 0 ? versions.ToList() : throw CubeRequests.NotFound(cube);
    }

    public async Task<ExplanationRecord> ExplainAsync(Guid cube, CancellationToken cancellationToken = default)
    {
        CubeId asked = new(cube);
        await using VaultLease lease = await OpenAsync(cancellationToken).ConfigureAwait(false);
        MemCube found = lease.Vault.Find(asked, caller) ?? throw CubeRequests.NotFound(cube);
        Lineage lineage = lease.Vault.Lineage(asked, caller);
        CubeUsage usage = lease.Vault.Usage(asked, caller);
        Message[] messages = lease.Vault.Read(reader => lineage.Messages.Take(MostSources).Select(source => reader.FindMessage(source.Number)).OfType<Message>().ToArray());
        return new ExplanationRecord
        {
            Cube = found.ToRecord(),
            Messages = [.. messages.Select(MessageRequests.ToRecord)],
            Lineage = lineage.ToRecord(),
            Usage = usage.ToRecord(),
        };
    }

    public async Task<CubeRecord> GiveFeedbackAsync(Guid cube, FeedbackRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        MessageRules.RequireText(request.Text, "text");
        CubeUpdate change = new() { ExpectedVersion = request.ExpectedVersion };
        switch (request.Verdict)
        {
            case "confirm" when request.Text is null:
                return await UpdateAsync(cube, change with { Info = ImmutableSortedDictionary<string, string>.Empty.Add("feedback", "confirmed") }, default, cancellationToken).ConfigureAwait(false);
            case "correct" when request.Text is not null:
                return await UpdateAsync(cube, change with { Text = request.Text, Mode = UpdateMode.Overwrite }, default, cancellationToken).ConfigureAwait(false);
            case "supplement" when request.Text is not null:
                return await UpdateAsync(cube, change with { Text = request.Text, Mode = UpdateMode.Append }, default, cancellationToken).ConfigureAwait(false);
            case "reject" when request.Text is null:
                await using (VaultLease lease = await OpenAsync(cancellationToken).ConfigureAwait(false))
                {
                    return (await lease.Vault.RejectAsync(new CubeId(cube), request.ExpectedVersion, caller, cancellationToken).ConfigureAwait(false)).ToRecord();
                }

            case "confirm" or "correct" or "supplement" or "reject":
                throw RequestValues.Invalid("text goes with correct and supplement, which need it, and with no other verdict.");
            default:
                throw RequestValues.Invalid("verdict must be confirm, correct, supplement or reject.");
        }
    }

    public async Task<SpokenFeedbackResponse> GiveFeedbackAsync(SpokenFeedbackRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        Operator.Corrections.FeedbackInput input = request.ToInput(clock.GetUtcNow());
        await using VaultLease lease = await OpenAsync(cancellationToken).ConfigureAwait(false);
        return (await lease.Vault.GiveFeedbackAsync(input, caller, cancellationToken).ConfigureAwait(false)).ToRecord();
    }

    private async Task<CubeRecord> UpdateAsync(Guid cube, CubeUpdate update, BranchName branch, CancellationToken cancellationToken)
    {
        await using VaultLease lease = await OpenAsync(cancellationToken).ConfigureAwait(false);
        return (await lease.Vault.UpdateAsync(new CubeId(cube), update, caller, branch, cancellationToken).ConfigureAwait(false)).ToRecord();
    }

    private Task<VaultLease> OpenAsync(CancellationToken cancellationToken) => host.OpenAsync(id, create, cancellationToken);
}
