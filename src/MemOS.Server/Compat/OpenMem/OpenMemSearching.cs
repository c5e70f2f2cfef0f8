using System.Text.Json.Nodes;
using MemOS.Api.Product;
using MemOS.Operator.Recall;
using MemOS.Server.Auth;
using MemOS.Server.Compat.Wire;
using MemOS.Vaults;

namespace MemOS.Server.Compat.OpenMem;

/// <summary><c>search/memory</c>.</summary>
internal static class OpenMemSearching
{
    private const int Most = 600;

    public static async Task<WireAnswer> SearchAsync(WireBody body, CallerVaults host, TimeProvider clock, CancellationToken cancellationToken)
    {
        OpenMemScope scope = OpenMemScope.Read(body, host);
        OpenMemLists lists = OpenMemLists.Read(body, toolsByDefault: false);
        OpenMemFound found = await FindAsync(body, scope, lists, host, clock.GetUtcNow(), cancellationToken);
        return WireAnswer.OpenMem(OpenMemLists.Data(
            List(found.Facts, OpenMemItems.Memory),
            List(found.Preferences, OpenMemItems.Preference),
            List(found.Tools, OpenMemItems.Tool),
            List(found.Events, OpenMemItems.Event),
            PreferenceText.Note([.. found.Preferences.Select(hit => hit.Cube.Text ?? "")])));
    }

    /// <summary>Finds memories of each kind over all vaults of a scope, best first.</summary>
    public static async Task<OpenMemFound> FindAsync(WireBody body, OpenMemScope scope, OpenMemLists lists, CallerVaults host, DateTimeOffset now, CancellationToken cancellationToken)
    {
        int facts = body.Count("memory_limit_number", 0, Most) ?? body.Count("top_k", 0, Most) ?? 9;
        int preferences = body.Count("preference_limit_number", 0, Most) ?? body.Count("pref_top_k", 0, Most) ?? 9;
        int tools = body.Count("tool_memory_limit_number", 0, Most) ?? 6;
        double relativity = body.Number("relativity") ?? 0.45;
        _ = body.Count("skill_limit_number", 0, Most);
        _ = body.Text("context_format");
        ProductSearch search = ProductSearch.Read(
            new ProductSearchRequest { Query = body.Required("query"), UserId = scope.Owner.Value, SessionId = OpenMemAdding.Conversation(body), Relativity = relativity }, now);
        OpenMemFound found = new();
        foreach (VaultId vault in relativity <= 1 ? scope.Vaults : []) // nothing is more relevant than 1
        {
            await host.ObserveAsync(
                "search_memory",
                vault,
                async () =>
                {
                    await using VaultLease? lease = await ProductCubes.FindAsync(host, vault, cancellationToken);
                    CubeFilter? own = scope.FilterFor(vault);
                    Task<IReadOnlyList<RecallHit>> Of(bool wanted, CubeFilter kind, int most) => ProductSearching.FindAsync(lease?.Vault, search, kind, own, wanted ? most : 0, cancellationToken);
                    IReadOnlyList<RecallHit>[] hits =
                    [
                        await Of(lists.Facts, lists.Events ? ProductFilters.TextsWithoutEvents : ProductFilters.Texts, facts),
                        await Of(lists.Preferences, ProductFilters.Preferences, preferences),
                        await Of(lists.Tools, ProductFilters.Tools, tools),
                        await Of(lists.Events, ProductFilters.Events, facts),
                    ];
                    found.Facts.AddRange(hits[0]);
                    found.Preferences.AddRange(hits[1]);
                    found.Tools.AddRange(hits[2]);
                    found.Events.AddRange(hits[3]);
                    return hits.SelectMany(list => list);
                },
                all => all.Select(hit => hit.Cube));
        }

        found.Keep(facts, preferences, tools);
        return found;
    }

    private static JsonArray List(IEnumerable<RecallHit> hits, Func<MemOS.Cubes.MemCube, double?, JsonObject> item) => [.. hits.Select(hit => (JsonNode)item(hit.Cube, hit.Relevance))];
}
