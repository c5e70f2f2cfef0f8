using System.Text.Json.Nodes;
using MemOS.Cubes;
using MemOS.Governance;
using MemOS.Server.Auth;
using MemOS.Server.Compat.Wire;
using MemOS.Vaults;

namespace MemOS.Server.Compat;

/// <summary><c>POST /product/delete_memory_by_record_id</c> and <c>recover_memory_by_record_id</c>: one memory into the archive and back, or gone for good.</summary>
internal static class ProductRecords
{
    public static async Task<WireAnswer> DeleteAsync(WireBody body, CallerVaults host, CubeWhereabouts whereabouts, CancellationToken cancellationToken)
    {
        bool hard = body.Flag("hard_delete", false);
        await using FoundCube found = await FindAsync(body, "record_id", host, whereabouts, cancellationToken);
        await host.ObserveAsync(
            hard ? "delete_memory" : "update_memory",
            found.Vault.Id,
            async () =>
            {
                if (hard)
                {
                    await found.Vault.ForgetAsync(new ForgetScope { Cubes = [found.Cube.Id] }, host.Caller, cancellationToken);
                }
                else if (found.Cube.State is not CubeState.Archived)
                {
                    await found.Vault.RejectAsync(found.Cube.Id, caller: host.Caller, cancellationToken: cancellationToken); // what is kept as it is stays so
                }

                return found.Cube;
            },
            cube => [cube]);
        return Called();
    }

    public static async Task<WireAnswer> RecoverAsync(WireBody body, CallerVaults host, CubeWhereabouts whereabouts, CancellationToken cancellationToken)
    {
        await using FoundCube found = await FindAsync(body, "delete_record_id", host, whereabouts, cancellationToken);
        if (found.Cube.State is CubeState.Archived)
        {
            await host.ObserveAsync(
                "update_memory",
                found.Vault.Id,
                () => found.Vault.TransitionAsync(found.Cube.Id, CubeState.Activated, caller: host.Caller, cancellationToken: cancellationToken),
                cube => [cube]);
        }

        return Called();
    }

    private static WireAnswer Called() => WireAnswer.Product("Called Successfully", new JsonObject { ["status"] = "success" });

    private static async Task<FoundCube> FindAsync(WireBody body, string key, CallerVaults host, CubeWhereabouts whereabouts, CancellationToken cancellationToken)
    {
        VaultId cube = new(body.Required("mem_cube_id"));
        string id = body.Required(key);
        return await FoundCube.FindAsync(id, host, whereabouts, [cube], cancellationToken) ?? throw FoundCube.NotFound(id);
    }
}
