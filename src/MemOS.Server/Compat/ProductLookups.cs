using System.Text.Json.Nodes;
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
        JsonObject names = [];
        foreach (string id in ids.Distinct())
        {
            await using FoundCube? found = await FoundCube.FindAsync(id, host, whereabouts, null, cancellationToken);
            names[id] = found is null ? null : ProductInfo.UserOf(found.Cube, found.Vault.Id);
        }

        return WireAnswer.Product("Successfully", names);
    }
}
