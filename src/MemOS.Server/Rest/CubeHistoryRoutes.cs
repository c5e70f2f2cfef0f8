using MemOS.Api;
using MemOS.Cubes;
using MemOS.Server.Auth;
using MemOS.Vaults;
using Microsoft.AspNetCore.Http.HttpResults;

namespace MemOS.Server.Rest;

/// <summary>The versions of a cube, and where it came from.</summary>
internal static class CubeHistoryRoutes
{
    public static void MapCubeHistory(this IEndpointRouteBuilder vault)
    {
        IEndpointRouteBuilder group = vault.MapGroup("/cubes/{cube:guid}").WithTags("Cube history");
        group.MapGet("/versions", ListAsync);
        group.MapGet("/diff", DiffAsync);
        group.MapGet("/lineage", LineageAsync);
        group.MapPost("/rollback", RollbackAsync).ProducesProblem(409);
    }

    /// <summary>All versions of a cube, oldest first.</summary>
    internal static async Task<Ok<CubeList>> ListAsync(string vault, Guid cube, CallerVaults vaults, CancellationToken cancellationToken, string? branch = null)
    {
        BranchName line = RequestValues.Branch(branch);
        await using VaultLease lease = await vaults.OpenAsync(new VaultId(vault), cancellationToken: cancellationToken);
        IReadOnlyList<MemCube> versions = lease.Vault.History(new CubeId(cube), branch: line);
        return versions.Count > 0 ? TypedResults.Ok(versions.ToList()) : throw CubeRequests.NotFound(cube);
    }

    /// <summary>The fields in which two versions of a cube differ.</summary>
    internal static async Task<Ok<CubeDifference>> DiffAsync(string vault, Guid cube, int before, int after, CallerVaults vaults, CancellationToken cancellationToken)
    {
        await using VaultLease lease = await vaults.OpenAsync(new VaultId(vault), cancellationToken: cancellationToken);
        return TypedResults.Ok(new CubeDifference
        {
            Changes = [.. lease.Vault.Diff(new CubeId(cube), before, after)
                .Select(change => new FieldChangeRecord { Field = change.Field, Before = change.Before, After = change.After })],
        });
    }

    /// <summary>What a cube came from and what came from it, at any distance.</summary>
    internal static async Task<Ok<LineageRecord>> LineageAsync(string vault, Guid cube, CallerVaults vaults, CancellationToken cancellationToken)
    {
        await using VaultLease lease = await vaults.OpenAsync(new VaultId(vault), cancellationToken: cancellationToken);
        _ = lease.Vault.Find(new CubeId(cube)) ?? throw CubeRequests.NotFound(cube);
        return TypedResults.Ok(lease.Vault.Lineage(new CubeId(cube)).ToRecord());
    }

    /// <summary>Restores an earlier version as a new one.</summary>
    internal static async Task<Ok<CubeRecord>> RollbackAsync(string vault, Guid cube, RollbackRequest request, CallerVaults vaults, CancellationToken cancellationToken)
    {
        MemCube restored = await vaults.ChangeAsync(
            "update_memory", new VaultId(vault), opened => opened.RollbackAsync(new CubeId(cube), request.Version, request.ExpectedVersion, vaults.Caller, cancellationToken), cube => [cube], cancellationToken);
        return TypedResults.Ok(restored.ToRecord());
    }
}
