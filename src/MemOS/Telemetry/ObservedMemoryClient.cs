using System.Diagnostics;
using MemOS.Api;

namespace MemOS.Telemetry;

/// <summary>Tells of every search and change of a vault what OpenTelemetry wants to know. Plain reads are not: it names no operation for them.</summary>
internal sealed class ObservedMemoryClient(IMemoryClient inner, MemoryInstruments instruments) : IMemoryClient
{
    public string Vault => inner.Vault;

    public Task<AddMessagesResponse> AddAsync(AddMessagesRequest request, CancellationToken cancellationToken = default) =>
        instruments.ObserveAsync("create_memory", Vault, () => inner.AddAsync(request, cancellationToken), Describe);

    public Task<AddMessagesResponse> AddDocumentAsync(AddDocumentRequest request, CancellationToken cancellationToken = default) =>
        instruments.ObserveAsync("create_memory", Vault, () => inner.AddDocumentAsync(request, cancellationToken), Describe);

    public Task<RecallResponse> RecallAsync(RecallRequest request, CancellationToken cancellationToken = default) => instruments.ObserveAsync(
        "search_memory",
        Vault,
        () => inner.RecallAsync(request, cancellationToken),
        (activity, found) =>
        {
            activity.SetTag("gen_ai.memory.record.count", found.Hits.Count);
            if (instruments.CapturesContent)
            {
                activity.SetTag("gen_ai.memory.query.text", request.Text).SetTag("gen_ai.memory.records", Texts(found.Hits.Select(hit => hit.Cube)));
            }
        });

    public Task<CubeRecord?> GetAsync(Guid cube, int? version = null, CancellationToken cancellationToken = default) => inner.GetAsync(cube, version, cancellationToken);

    public Task<CubePage> ListAsync(CubeListRequest request, CancellationToken cancellationToken = default) => inner.ListAsync(request, cancellationToken);

    public Task<CubeRecord> UpdateAsync(Guid cube, UpdateCubeRequest request, CancellationToken cancellationToken = default) =>
        instruments.ObserveAsync("update_memory", Vault, () => inner.UpdateAsync(cube, request, cancellationToken), Describe);

    public Task<ForgetResponse> ForgetAsync(ForgetRequest request, CancellationToken cancellationToken = default) => instruments.ObserveAsync(
        "delete_memory",
        Vault,
        () => inner.ForgetAsync(request, cancellationToken),
        (activity, forgotten) => activity.SetTag("gen_ai.memory.record.count", forgotten.Cubes.Count));

    public Task<CubeList> HistoryAsync(Guid cube, CancellationToken cancellationToken = default) => inner.HistoryAsync(cube, cancellationToken);

    public Task<ExplanationRecord> ExplainAsync(Guid cube, CancellationToken cancellationToken = default) => inner.ExplainAsync(cube, cancellationToken);

    public Task<CubeRecord> GiveFeedbackAsync(Guid cube, FeedbackRequest request, CancellationToken cancellationToken = default) =>
        instruments.ObserveAsync("update_memory", Vault, () => inner.GiveFeedbackAsync(cube, request, cancellationToken), Describe);

    public Task<SpokenFeedbackResponse> GiveFeedbackAsync(SpokenFeedbackRequest request, CancellationToken cancellationToken = default) => instruments.ObserveAsync(
        "update_memory",
        Vault,
        () => inner.GiveFeedbackAsync(request, cancellationToken),
        (activity, given) => activity.SetTag("gen_ai.memory.record.count", given.Changed.Count + given.Added.Count));

    private static string[] Texts(IEnumerable<CubeRecord> cubes) => [.. cubes.Select(cube => cube.Text ?? "")];

    private void Describe(Activity activity, AddMessagesResponse added)
    {
        CubeRecord[] cubes = [.. added.Messages.SelectMany(message => message.Cubes)];
        activity.SetTag("gen_ai.memory.record.count", cubes.Length);
        if (instruments.CapturesContent)
        {
            activity.SetTag("gen_ai.memory.records", Texts(cubes));
        }
    }

    private void Describe(Activity activity, CubeRecord changed)
    {
        activity.SetTag("gen_ai.memory.record.id", changed.Id.ToString());
        if (instruments.CapturesContent)
        {
            activity.SetTag("gen_ai.memory.records", Texts([changed]));
        }
    }
}
