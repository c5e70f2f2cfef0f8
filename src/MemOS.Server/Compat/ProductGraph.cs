using System.Text.Json.Nodes;
using MemOS.Cubes;
using MemOS.Operator.Recall;
using MemOS.Server.Auth;
using MemOS.Server.Compat.Wire;
using MemOS.Vaults;

namespace MemOS.Server.Compat;

/// <summary><c>POST /product/get_all</c>: the memories of cubes as a graph, at most 200 of each cube: the last changed, or those that a search finds.</summary>
internal static class ProductGraph
{
    private const int Most = 200;

    public static async Task<WireAnswer> ReadAsync(WireBody body, CallerVaults host, CubeWhereabouts whereabouts, CancellationToken cancellationToken)
    {
        string user = body.Required("user_id");
        _ = body.Required("memory_type");
        string type = body.OneOf("memory_type", "", "text_mem", "act_mem", "param_mem", "para_mem");
        _ = body.OneOf("search_type", "fulltext", "embedding", "fulltext"); // recall weighs both
        string? query = body.Text("search_query");
        JsonArray data = [];
        if (type == "text_mem")
        {
            foreach (VaultId cube in ProductCubes.Named(body.Texts("mem_cube_ids"), body.Text("mem_cube_id"), user))
            {
                await using VaultLease lease = await host.OpenAsync(cube, cancellationToken: cancellationToken);
                data.Add((JsonNode)await GraphAsync(lease.Vault, query, host, whereabouts, cancellationToken));
            }
        }

        return WireAnswer.Product("Memories retrieved successfully", data);
    }

    private static async Task<JsonObject> GraphAsync(MemoryVault vault, string? query, CallerVaults host, CubeWhereabouts whereabouts, CancellationToken cancellationToken)
    {
        MemCube[] all = vault.Read(reader => reader.ReadCurrent().Where(cube => cube.Text is not null && cube.State is not (CubeState.Archived or CubeState.Expired)).ToArray());
        MemCube[] shown = query is null ? [.. all.TakeLast(Most).Reverse()]
            : await host.ObserveAsync("search_memory", vault.Id, () => FindAsync(vault, query, cancellationToken), found => found);
        HashSet<CubeId> ids = [.. shown.Select(cube => cube.Id)];
        JsonArray edges = [.. shown.SelectMany(cube => cube.Lineage.Where(edge => ids.Contains(edge.Cube)).DistinctBy(edge => (edge.Kind, edge.Cube)).Select(edge => (JsonNode)new JsonObject
        {
            ["source"] = cube.Id.ToString(),
            ["target"] = edge.Cube.ToString(),
            ["type"] = edge.Kind.ToString(),
        }))];
        JsonObject graph = new()
        {
            ["nodes"] = ProductItems.ToNode(ProductItems.ToItems(vault, [.. shown.Select(cube => (cube, (double?)null))], whereabouts)),
            ["edges"] = edges,
            ["total_nodes"] = query is null ? all.Length : shown.Length,
            ["total_edges"] = edges.Count,
            ["tree_structure"] = Tree(shown),
        };
        return new JsonObject { ["cube_id"] = vault.Id.Value, ["memories"] = new JsonArray(graph), ["memory_statistics"] = Statistics(all) };
    }

    private static async Task<MemCube[]> FindAsync(MemoryVault vault, string query, CancellationToken cancellationToken) =>
        [.. (await vault.RecallAsync(new RecallQuery { Text = query, Limit = Most }, cancellationToken)).Hits.Select(hit => hit.Cube)];

    private static JsonObject Tree(IReadOnlyList<MemCube> cubes) => Node("root", "root", "root", "Root", cubes.GroupBy(ProductItems.MemoryType)
        .Select(kind => Node(kind.Key, kind.Key, kind.Key, kind.Key, kind.Select(cube => Node(cube.Id.ToString(), ProductItems.Title(cube.Text ?? ""), ProductItems.Text(cube), kind.Key, [])))));

    private static JsonObject Node(string id, string name, string value, string type, IEnumerable<JsonObject> children) => new()
    {
        ["id"] = id,
        ["node_name"] = name,
        ["value"] = value,
        ["memory_type"] = type,
        ["children"] = new JsonArray([.. children]),
    };

    private static JsonObject Statistics(IEnumerable<MemCube> cubes)
    {
        JsonObject counts = [];
        foreach (IGrouping<string, MemCube> kind in cubes.GroupBy(ProductItems.MemoryType).OrderBy(kind => kind.Key, StringComparer.Ordinal))
        {
            counts[kind.Key] = kind.Count();
        }

        return counts;
    }
}
