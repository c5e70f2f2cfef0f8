using MemOS.Api.Product;
using MemOS.Operator.Recall;
using MemOS.Server.Auth;
using MemOS.Vaults;
using Microsoft.AspNetCore.Http.HttpResults;

namespace MemOS.Server.Compat;

/// <summary><c>POST /product/search</c>.</summary>
internal static class ProductSearching
{
    public static async Task<Ok<ProductAnswer<ProductSearchData>>> SearchAsync(
        ProductSearchRequest request, CallerVaults host, TimeProvider clock, CubeWhereabouts whereabouts, CancellationToken cancellationToken)
    {
        ProductSearch search = ProductSearch.Read(request, clock.GetUtcNow());
        List<ProductBucket> texts = [], preferences = [], tools = [], skills = [];
        foreach (VaultId cube in search.Cubes)
        {
            await using VaultLease? lease = await ProductCubes.FindAsync(host, cube, cancellationToken);
            CubeFilter? own = search.FilterFor(cube);
            texts.Add(await FindAsync(lease, cube, search, ProductFilters.Texts, own, search.Texts, whereabouts, cancellationToken));
            preferences.Add(await FindAsync(lease, cube, search, ProductFilters.Preferences, own, search.Preferences, whereabouts, cancellationToken));
            tools.Add(await FindAsync(lease, cube, search, ProductFilters.Tools, own, search.Tools, whereabouts, cancellationToken));
            skills.Add(Bucket(cube, []));
        }

        (string note, string? text) = PreferenceText.Of(preferences);
        ProductSearchData data = new() { TextMem = texts, PrefMem = preferences, ToolMem = tools, SkillMem = skills, PrefNote = note, PrefString = text };
        return TypedResults.Ok(ProductRoutes.Answer("Search completed successfully", data));
    }

    public static ProductBucket Bucket(VaultId cube, IReadOnlyList<ProductItem> items) => new() { CubeId = cube.Value, Memories = items, TotalNodes = items.Count };

    // A cube that was never written to holds nothing that could match: its buckets are empty, as its clients expect.
    private static async Task<ProductBucket> FindAsync(
        VaultLease? lease, VaultId cube, ProductSearch search, CubeFilter kind, CubeFilter? own, int wanted, CubeWhereabouts whereabouts, CancellationToken cancellationToken)
    {
        if (lease is null || wanted == 0)
        {
            return Bucket(cube, []);
        }

        RecallQuery query = search.Query with { Filter = own is null ? kind : CubeFilter.And(kind, own), Limit = NearRepeats.Candidates(search.Dedup, wanted) };
        RecallResult found = await lease.Vault.RecallAsync(query, cancellationToken);
        IReadOnlyList<RecallHit> hits = NearRepeats.Choose(found.Hits, search.Dedup, wanted);
        return Bucket(cube, ProductItems.ToItems(lease.Vault, [.. hits.Select(hit => (hit.Cube, (double?)hit.Relevance))], whereabouts));
    }
}
