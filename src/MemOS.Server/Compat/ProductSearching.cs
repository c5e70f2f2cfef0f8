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
        return TypedResults.Ok(ProductRoutes.Answer("Search completed successfully", await FindAsync(search, host, whereabouts, cancellationToken)));
    }

    /// <summary>Carries out a search over all of its cubes.</summary>
    public static async Task<ProductSearchData> FindAsync(ProductSearch search, CallerVaults host, CubeWhereabouts whereabouts, CancellationToken cancellationToken)
    {
        List<ProductBucket> texts = [], preferences = [], tools = [], skills = [];
        foreach (VaultId cube in search.Cubes)
        {
            await using VaultLease? lease = await ProductCubes.FindAsync(host, cube, cancellationToken);
            CubeFilter? own = search.FilterFor(cube);
            await host.ObserveAsync(
                "search_memory",
                cube,
                async () =>
                {
                    List<RecallHit> all = [];
                    texts.Add(await BucketAsync(ProductFilters.Texts, search.Texts, all));
                    preferences.Add(await BucketAsync(ProductFilters.Preferences, search.Preferences, all));
                    tools.Add(await BucketAsync(ProductFilters.Tools, search.Tools, all));
                    skills.Add(Bucket(cube, []));
                    return all;
                },
                found => found.Select(hit => hit.Cube));

            async Task<ProductBucket> BucketAsync(CubeFilter kind, int wanted, List<RecallHit> all)
            {
                IReadOnlyList<RecallHit> hits = await FindAsync(lease?.Vault, search, kind, own, wanted, cancellationToken);
                all.AddRange(hits);
                return Bucket(cube, lease is null ? [] : ProductItems.ToItems(lease.Vault, [.. hits.Select(hit => (hit.Cube, (double?)hit.Relevance))], whereabouts));
            }
        }

        (string note, string? text) = PreferenceText.Of(preferences);
        return new ProductSearchData { TextMem = texts, PrefMem = preferences, ToolMem = tools, SkillMem = skills, PrefNote = note, PrefString = text };
    }

    public static ProductBucket Bucket(VaultId cube, IReadOnlyList<ProductItem> items) => new() { CubeId = cube.Value, Memories = items, TotalNodes = items.Count };

    /// <summary>Finds memories of a kind in a vault. A cube that was never written to holds nothing that could match.</summary>
    public static async Task<IReadOnlyList<RecallHit>> FindAsync(MemoryVault? vault, ProductSearch search, CubeFilter kind, CubeFilter? own, int wanted, CancellationToken cancellationToken)
    {
        if (vault is null || wanted == 0)
        {
            return [];
        }

        RecallQuery query = search.Query with { Filter = own is null ? kind : CubeFilter.And(kind, own), Limit = NearRepeats.Candidates(search.Dedup, wanted) };
        return NearRepeats.Choose((await vault.RecallAsync(query, cancellationToken)).Hits, search.Dedup, wanted);
    }
}
