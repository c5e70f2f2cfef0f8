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

        IEnumerable<VaultId> order = places ?? (whereabouts.Find(cube) is { } known ? [known, .. host.List().Where(other => other != known)] : host.List());
        foreach (VaultId place in order)
        {
            VaultLease? lease = await ProductCubes.FindAsync(host, place, cancellationToken);
            if (lease?.Vault.Find(cube) is { } found)
            {
                return new FoundCube(lease, found);
            }

            if (lease is not null)
            {
                await lease.DisposeAsync();
            }
        }

        return null;
    }

    /// <summary>The error for a memory that is not there, or not for this caller.</summary>
    public static MemOSException NotFound(string id) => new(ErrorCodes.CubeNotFound, $"Memory {(CubeId.TryParse(id, out CubeId cube) ? $"{cube} " : "")}not found.");

    public ValueTask DisposeAsync() => _lease.DisposeAsync();
}
