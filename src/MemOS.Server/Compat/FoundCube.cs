using MemOS.Cubes;
using MemOS.Server.Auth;
using MemOS.Vaults;

namespace MemOS.Server.Compat;

/// <summary>A memory that a request names by its id alone, and the open vault that it lies in. Dispose it soon.</summary>
internal sealed class FoundCube : IAsyncDisposable
{
    private readonly VaultLease _lease;

    private FoundCube(VaultLease lease, MemCube cube) => (_lease, Cube) = (lease, cube);

    /// <summary>Its current version.</summary>
    public MemCube Cube { get; }

    /// <summary>Its vault.</summary>
    public MemoryVault Vault => _lease.Vault;

    /// <summary>Finds a memory among the vaults that the caller's key opens.</summary>
    /// <param name="id">Its id, as it came.</param>
    /// <param name="host">What the key opens.</param>
    /// <param name="whereabouts">Where memories were seen.</param>
    /// <param name="places">Where to look; null for everywhere.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<FoundCube?> FindAsync(string id, CallerVaults host, CubeWhereabouts whereabouts, IReadOnlyList<VaultId>? places, CancellationToken cancellationToken)
    {
        if (!CubeId.TryParse(id, out CubeId cube))
        {
            return null;
        }

        foreach (VaultId place in places ?? Order([cube], host, whereabouts))
        {
            VaultLease? lease = await ProductCubes.FindAsync(host, place, cancellationToken);
            try
            {
                if (lease?.Vault.Find(cube) is { } found)
                {
                    FoundCube result = new(lease, found);
                    lease = null; // the result's from here on
                    return result;
                }
            }
            finally
            {
                if (lease is not null)
                {
                    await lease.DisposeAsync();
                }
            }
        }

        return null;
    }

    /// <summary>Finds memories among the vaults that the caller's key opens, and visits each vault that holds some, once.</summary>
    /// <param name="ids">Their ids, as they came.</param>
    /// <param name="host">What the key opens.</param>
    /// <param name="whereabouts">Where memories were seen.</param>
    /// <param name="places">Where to look; null for everywhere.</param>
    /// <param name="visit">Gets an open vault, and which memories are in it by which id. The vault is closed again after it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task VisitAsync(
        IEnumerable<string> ids, CallerVaults host, CubeWhereabouts whereabouts, IReadOnlyList<VaultId>? places, Func<MemoryVault, IReadOnlyList<(string Id, MemCube Cube)>, Task> visit, CancellationToken cancellationToken)
    {
        List<(string Text, CubeId Id)> left = [.. ids.Distinct().Select(text => (text, CubeId.TryParse(text, out CubeId id) ? id : default)).Where(pair => !pair.Item2.IsDefault)];
        foreach (VaultId place in places ?? Order([.. left.Select(pair => pair.Id)], host, whereabouts))
        {
            if (left.Count == 0)
            {
                return;
            }

            await using VaultLease? lease = await ProductCubes.FindAsync(host, place, cancellationToken);
            (string Id, MemCube Cube)[] here = lease is null ? [] : [.. left.Select(pair => (pair.Text, Cube: lease.Vault.Find(pair.Id))).Where(pair => pair.Cube is not null).Select(pair => (pair.Text, pair.Cube!))]; // just filtered
            if (lease is not null && here.Length > 0)
            {
                left.RemoveAll(pair => here.Any(found => found.Id == pair.Text));
                await visit(lease.Vault, here);
            }
        }
    }

    /// <summary>The error for a memory that is not there, or not for this caller.</summary>
    public static MemOSException NotFound(string id) => new(ErrorCodes.CubeNotFound, $"Memory {(CubeId.TryParse(id, out CubeId cube) ? $"{cube} " : "")}not found.");

    public ValueTask DisposeAsync() => _lease.DisposeAsync();

    // Where they were seen first, then everywhere else.
    private static IEnumerable<VaultId> Order(IReadOnlyList<CubeId> cubes, CallerVaults host, CubeWhereabouts whereabouts) =>
        cubes.Select(whereabouts.Find).OfType<VaultId>().Concat(host.List()).Distinct();
}
