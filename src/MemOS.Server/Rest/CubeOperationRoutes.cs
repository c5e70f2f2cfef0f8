using MemOS.Api;
using MemOS.Cubes;
using MemOS.Server.Auth;
using MemOS.Vaults;
using Microsoft.AspNetCore.Http.HttpResults;

namespace MemOS.Server.Rest;

/// <summary>What is done to whole cubes: change their state, fuse, slice, compose, and the way back.</summary>
internal static class CubeOperationRoutes
{
    public static void MapCubeOperations(this IEndpointRouteBuilder vault)
    {
        IEndpointRouteBuilder group = vault.MapGroup("/cubes").WithTags("Cube operations");
        group.MapPost("/{cube:guid}/transition", TransitionAsync).ProducesProblem(409);
        group.MapPost("/fuse", FuseAsync).ProducesProblem(409);
        group.MapPost("/{cube:guid}/unfuse", UnfuseAsync).ProducesProblem(409);
        group.MapPost("/{cube:guid}/slice", SliceAsync).ProducesProblem(409);
        group.MapPost("/{cube:guid}/join", JoinAsync).ProducesProblem(409);
        group.MapPost("/compose", ComposeAsync);
        group.MapGet("/{cube:guid}/resolve", ResolveAsync);
    }

    /// <summary>Changes the life-cycle state of a cube.</summary>
    internal static async Task<Ok<CubeRecord>> TransitionAsync(string vault, Guid cube, TransitionRequest request, CallerVaults vaults, CancellationToken cancellationToken)
    {
        CubeState target = WireName<CubeState>.Read(request.State, default, "state");
        return TypedResults.Ok((await vaults.ChangeAsync("update_memory", new VaultId(vault), opened => opened.TransitionAsync(new CubeId(cube), target, request.ExpectedVersion, vaults.Caller, cancellationToken), cube => [cube], cancellationToken)).ToRecord());
    }

    /// <summary>Joins plaintext cubes into one; the parts go to the archive.</summary>
    internal static async Task<Ok<CubeRecord>> FuseAsync(string vault, CubeIdsRequest request, CallerVaults vaults, CancellationToken cancellationToken)
    {
        return TypedResults.Ok((await vaults.ChangeAsync("create_memory", new VaultId(vault), opened => opened.FuseAsync(request.ToIds(), vaults.Caller, cancellationToken), cube => [cube], cancellationToken)).ToRecord());
    }

    /// <summary>Undoes a fusion: the parts are again what they were.</summary>
    internal static async Task<Ok<CubeList>> UnfuseAsync(string vault, Guid cube, CallerVaults vaults, CancellationToken cancellationToken)
    {
        return TypedResults.Ok((await vaults.ChangeAsync("update_memory", new VaultId(vault), opened => opened.UnfuseAsync(new CubeId(cube), vaults.Caller, cancellationToken), cubes => cubes, cancellationToken)).ToList());
    }

    /// <summary>Cuts a text into parts; the whole goes to the archive.</summary>
    internal static async Task<Ok<CubeList>> SliceAsync(string vault, Guid cube, SliceRequest request, CallerVaults vaults, CancellationToken cancellationToken)
    {
        return TypedResults.Ok((await vaults.ChangeAsync("create_memory", new VaultId(vault), opened => opened.SliceAsync(new CubeId(cube), request.Cuts, vaults.Caller, cancellationToken), cubes => cubes, cancellationToken)).ToList());
    }

    /// <summary>Joins the parts of a sliced cube again.</summary>
    internal static async Task<Ok<CubeRecord>> JoinAsync(string vault, Guid cube, CallerVaults vaults, CancellationToken cancellationToken)
    {
        return TypedResults.Ok((await vaults.ChangeAsync("update_memory", new VaultId(vault), opened => opened.JoinAsync(new CubeId(cube), vaults.Caller, cancellationToken), cube => [cube], cancellationToken)).ToRecord());
    }

    /// <summary>Bundles cubes of any kind into a composite cube.</summary>
    internal static async Task<Ok<CubeRecord>> ComposeAsync(string vault, CubeIdsRequest request, CallerVaults vaults, CancellationToken cancellationToken)
    {
        return TypedResults.Ok((await vaults.ChangeAsync("create_memory", new VaultId(vault), opened => opened.ComposeAsync(request.ToIds(), vaults.Caller, cancellationToken), cube => [cube], cancellationToken)).ToRecord());
    }

    /// <summary>Resolves a cube, composite or not, to what a model is given.</summary>
    internal static async Task<Ok<InjectionRecord>> ResolveAsync(string vault, Guid cube, CallerVaults vaults, CancellationToken cancellationToken)
    {
        await using VaultLease lease = await vaults.OpenAsync(new VaultId(vault), cancellationToken: cancellationToken);
        return TypedResults.Ok(lease.Vault.Resolve(new CubeId(cube)).ToRecord());
    }
}
