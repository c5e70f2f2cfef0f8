using System.Text.Json.Nodes;
using MemOS.Cubes;
using MemOS.Server.Auth;
using MemOS.Server.Compat.Wire;

namespace MemOS.Server.Compat;

/// <summary><c>POST /product/get_user_names_by_memory_ids</c>: who added memories, as far as the key reaches; null for everything else.</summary>
internal static class ProductLookups
{
    private const int Most = 1000;

    public static async Task<WireAnswer> UserNamesAsync(WireBody body, CallerVaults host, CubeWhereabouts whereabouts, CancellationToken cancellationToken)
    {
        IReadOnlyList<string> ids = body.Texts("memory_ids") ?? throw BodyFaultException.Missing("memory_ids");
        _ = ids.Count <= Most ? 0 : throw new BodyFaultException("memory_ids", $"memory_ids may hold {Most} ids at most.");
        JsonObject names = [.. ids.Distinct().Select(id => KeyValuePair.Create(id, (JsonNode?)null))];
        await FoundCube.VisitAsync(
            ids,
            host,
            whereabouts,
            null,
            (vault, found) =>
            {
                foreach ((string id, MemCube cube) in found)
                {
                    names[id] = ProductInfo.UserOf(cube, vault.Id);
                }

                return Task.CompletedTask;
            },
            cancellationToken);
        return WireAnswer.Product("Successfully", names);
    }
}
