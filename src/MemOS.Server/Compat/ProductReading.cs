using System.Text.Json;
using System.Text.Json.Nodes;
using MemOS.Api.Product;
using MemOS.Cubes;
using MemOS.Operator.Recall;
using MemOS.Server.Auth;
using MemOS.Server.Compat.Wire;
using MemOS.Vaults;
using Microsoft.AspNetCore.Http.HttpResults;

namespace MemOS.Server.Compat;

/// <summary><c>POST /product/get_memory</c>, <c>get_memory_dashboard</c>, <c>get_memory_by_ids</c> and <c>GET /product/get_memory/{id}</c>.</summary>
internal static class ProductReading
{
    private const int MostIds = 1000;

    /// <summary>Lists the memories of a cube, the last changed first, without those in the archive unless the filter asks for them.</summary>
    public static async Task<Ok<ProductAnswer<ProductMemories>>> ListAsync(
        ProductGetMemoryRequest request, CallerVaults host, CubeWhereabouts whereabouts, CancellationToken cancellationToken) =>
        TypedResults.Ok(ProductRoutes.Answer("Memories retrieved successfully", await ReadAsync(request, host, whereabouts, cancellationToken)));

    private static async Task<ProductMemories> ReadAsync(ProductGetMemoryRequest request, CallerVaults host, CubeWhereabouts whereabouts, CancellationToken cancellationToken)
    {
        VaultId cube = new(request.MemCubeId ?? throw BodyFaultException.Missing("mem_cube_id"));
        (int skip, int take) = Page(request);
        CubeFilter filter = ProductFilters.For(request.Filter, cube, [cube]) ?? CubeFilter.All;
        bool hidden = request.Filter?.GetRawText().Contains("\"status\"", StringComparison.Ordinal) == true;
        await using VaultLease lease = await host.OpenAsync(cube, cancellationToken: cancellationToken);
        MemCube[] cubes = lease.Vault.Read(reader => reader.ReadCurrent()
            .Where(memory => (hidden || memory.State is not (CubeState.Archived or CubeState.Expired)) && memory.Text is not null && filter.Matches(memory)).ToArray());
        Array.Reverse(cubes);
        ProductBucket[] Of(bool wanted, Func<string, bool> type) => wanted ? [Bucket(lease.Vault, [.. cubes.Where(memory => type(ProductItems.MemoryType(memory)))], skip, take, whereabouts)] : [];
        return new ProductMemories
        {
            TextMem = Of(true, type => type is "UserMemory" or "LongTermMemory"),
            PrefMem = Of(request.IncludePreference != false, type => type == "PreferenceMemory"),
            ToolMem = Of(request.IncludeToolMemory != false, type => type == "ToolTrajectoryMemory"),
            SkillMem = Of(request.IncludeSkillMemory != false, _ => false),
        };
    }

    /// <summary>Reads one memory. Name its cube where you know it; else it is looked for.</summary>
    public static async Task<Ok<ProductAnswer<ProductItem>>> GetAsync(
        string id, CallerVaults host, CubeWhereabouts whereabouts, CancellationToken cancellationToken, string? mem_cube_id = null)
    {
        await using FoundCube? found = await FoundCube.FindAsync(id, host, whereabouts, mem_cube_id is { Length: > 0 } ? [new VaultId(mem_cube_id)] : null, cancellationToken);
        return found is null
            ? throw FoundCube.NotFound(id)
            : TypedResults.Ok(ProductRoutes.Answer("Memory retrieved successfully", ProductItems.ToItems(found.Vault, [(found.Cube, null)], whereabouts)[0]));
    }

    /// <summary>Reads several memories, whichever cubes they lie in; those that there are not, or not for this key, are left out. The body is a bare list of ids.</summary>
    public static async Task<WireAnswer> GetSeveralAsync(HttpContext context, CallerVaults host, CubeWhereabouts whereabouts, CancellationToken cancellationToken)
    {
        JsonElement list = await WireBody.ReadAsync(context);
        if (list.ValueKind is not JsonValueKind.Array || list.GetArrayLength() > MostIds || list.EnumerateArray().Any(id => id.ValueKind is not JsonValueKind.String))
        {
            throw new BodyFaultException("", $"The body must be a list of at most {MostIds} ids.");
        }

        string[] ids = [.. list.EnumerateArray().Select(id => id.GetString() ?? "").Distinct()];
        Dictionary<string, ProductItem> items = [];
        await FoundCube.VisitAsync(
            ids,
            host,
            whereabouts,
            null,
            (vault, found) =>
            {
                foreach ((string id, ProductItem item) in found.Select(pair => pair.Id).Zip(ProductItems.ToItems(vault, [.. found.Select(pair => (pair.Cube, (double?)null))], whereabouts)))
                {
                    items[id] = item;
                }

                return Task.CompletedTask;
            },
            cancellationToken);
        return WireAnswer.Product("Memories retrieved successfully", new JsonObject { ["memories"] = ProductItems.ToNode(ids.Select(items.GetValueOrDefault).OfType<ProductItem>()) });
    }

    /// <summary>Lists the memories of one cube, or of all cubes that are the user's, with counts.</summary>
    public static async Task<WireAnswer> DashboardAsync(ProductGetMemoryRequest request, CallerVaults host, CubeWhereabouts whereabouts, CancellationToken cancellationToken)
    {
        string cube = request.MemCubeId ?? request.UserId ?? throw BodyFaultException.Missing("mem_cube_id");
        ProductMemories listed = await ReadAsync(request with { MemCubeId = cube }, host, whereabouts, cancellationToken);
        JsonObject data = (JsonObject)JsonSerializer.SerializeToNode(listed, ProductJsonContext.Default.ProductMemories)!; // a record is an object
        int Total(IReadOnlyList<ProductBucket> buckets) => buckets.Sum(bucket => bucket.TotalNodes);
        data["statistics"] = new JsonObject
        {
            ["total_text_nodes"] = Total(listed.TextMem),
            ["total_tool_nodes"] = Total(listed.ToolMem),
            ["total_skill_nodes"] = Total(listed.SkillMem),
            ["total_preference_nodes"] = Total(listed.PrefMem),
        };
        return WireAnswer.Product("Memories retrieved successfully", data);
    }

    private static ProductBucket Bucket(MemoryVault vault, MemCube[] cubes, int skip, int take, CubeWhereabouts whereabouts)
    {
        IReadOnlyList<(MemCube, double?)> page = [.. cubes.Skip(skip).Take(take).Select(cube => (cube, (double?)null))];
        return ProductSearching.Bucket(vault.Id, ProductItems.ToItems(vault, page, whereabouts)) with { TotalNodes = cubes.Length };
    }

    private static (int Skip, int Take) Page(ProductGetMemoryRequest request)
    {
        if (request.Page is not { } page)
        {
            return (0, int.MaxValue);
        }

        int size = request.PageSize ?? 20;
        return page >= 1 && size is >= 1 and <= 10_000 && (long)page * size <= int.MaxValue
            ? ((page - 1) * size, size)
            : throw new BodyFaultException("page", "page must be 1 or more, page_size between 1 and 10,000.");
    }
}
