using MemOS.Api.Product;
using MemOS.Cubes;
using MemOS.Operator.Recall;
using MemOS.Server.Auth;
using MemOS.Vaults;
using Microsoft.AspNetCore.Http.HttpResults;

namespace MemOS.Server.Compat;

/// <summary><c>POST /product/get_memory</c> and <c>GET /product/get_memory/{id}</c>.</summary>
internal static class ProductReading
{
    /// <summary>Lists the memories of a cube, the last changed first, without those in the archive unless the filter asks for them.</summary>
    public static async Task<Ok<ProductAnswer<ProductMemories>>> ListAsync(
        ProductGetMemoryRequest request, CallerVaults host, CubeWhereabouts whereabouts, CancellationToken cancellationToken)
    {
        VaultId cube = new(request.MemCubeId ?? throw new BodyFaultException("mem_cube_id", "mem_cube_id is required."));
        (int skip, int take) = Page(request);
        CubeFilter filter = ProductFilters.For(request.Filter, cube, [cube]) ?? CubeFilter.All;
        bool hidden = request.Filter?.GetRawText().Contains("\"status\"", StringComparison.Ordinal) == true;
        await using VaultLease lease = await host.OpenAsync(cube, cancellationToken: cancellationToken);
        MemCube[] cubes = lease.Vault.Read(reader => reader.ReadCurrent()
            .Where(memory => (hidden || memory.State is not (CubeState.Archived or CubeState.Expired)) && memory.Text is not null && filter.Matches(memory)).ToArray());
        Array.Reverse(cubes);
        ProductBucket[] Of(bool wanted, Func<string, bool> type) => wanted ? [Bucket(lease.Vault, [.. cubes.Where(memory => type(ProductItems.MemoryType(memory)))], skip, take, whereabouts)] : [];
        return TypedResults.Ok(ProductRoutes.Answer("Memories retrieved successfully", new ProductMemories
        {
            TextMem = Of(true, type => type is "UserMemory" or "LongTermMemory"),
            PrefMem = Of(request.IncludePreference != false, type => type == "PreferenceMemory"),
            ToolMem = Of(request.IncludeToolMemory != false, type => type == "ToolTrajectoryMemory"),
            SkillMem = Of(request.IncludeSkillMemory != false, _ => false),
        }));
    }

    /// <summary>Reads one memory. Name its cube where you know it; else it is looked for.</summary>
    public static async Task<Ok<ProductAnswer<ProductItem>>> GetAsync(
        string id, CallerVaults host, CubeWhereabouts whereabouts, CancellationToken cancellationToken, string? mem_cube_id = null)
    {
        IEnumerable<VaultId> places = !CubeId.TryParse(id, out CubeId cube) ? []
            : mem_cube_id is { Length: > 0 } ? [new VaultId(mem_cube_id)]
            : whereabouts.Find(cube) is { } known ? [known, .. host.List().Where(other => other != known)]
            : host.List();
        foreach (VaultId place in places)
        {
            await using VaultLease? lease = await ProductCubes.FindAsync(host, place, cancellationToken);
            if (lease?.Vault.Find(cube) is { } found)
            {
                return TypedResults.Ok(ProductRoutes.Answer("Memory retrieved successfully", ProductItems.ToItems(lease.Vault, [(found, null)], whereabouts)[0]));
            }
        }

        throw new MemOSException(ErrorCodes.CubeNotFound, $"Memory {(cube.IsDefault ? "" : $"{cube} ")}not found.");
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
