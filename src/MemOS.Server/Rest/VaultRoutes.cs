using MemOS.Api;
using MemOS.Server.Auth;
using MemOS.Vaults;
using Microsoft.AspNetCore.Http.HttpResults;

namespace MemOS.Server.Rest;

/// <summary>Vaults: list, create, describe, roll back, delete.</summary>
internal static class VaultRoutes
{
    public static void MapVaults(this IEndpointRouteBuilder api)
    {
        IEndpointRouteBuilder group = api.MapGroup("/vaults").WithTags("Vaults");
        group.MapGet("/", List);
        group.MapPost("/", CreateAsync).ProducesProblem(409);
        group.MapGet("/{vault}", DescribeAsync).ProducesProblem(404);
        group.MapDelete("/{vault}", DeleteAsync).ProducesProblem(404).ProducesProblem(409);
        group.MapPost("/{vault}/rollback", RollbackAsync).ProducesProblem(404).ProducesProblem(409);
        group.MapPost("/{vault}/settle", SettleAsync).ProducesProblem(404);
    }

    /// <summary>Lists the vaults of this server, by name.</summary>
    /// <param name="vaults">Opens vaults.</param>
    /// <param name="after">Only names after this one.</param>
    /// <param name="limit">At most so many, 1 to 10,000; 1,000 when missing.</param>
    internal static Ok<VaultPage> List(CallerVaults vaults, string? after = null, int? limit = null)
    {
        int most = RequestValues.Limit(limit, 1000, 10_000);
        string[] names = [.. vaults.ListAfter(after).Select(id => id.Value).Take(most + 1)];
        return TypedResults.Ok(new VaultPage { Items = names.Length > most ? names[..most] : names, Next = names.Length > most ? names[most - 1] : null });
    }

    /// <summary>Makes an empty vault.</summary>
    internal static async Task<Created<VaultDescription>> CreateAsync(CreateVaultRequest request, CallerVaults vaults, CancellationToken cancellationToken)
    {
        await using VaultLease lease = await vaults.CreateAsync(new VaultId(request.Id), cancellationToken);
        return TypedResults.Created($"/api/v1/vaults/{Uri.EscapeDataString(request.Id)}", Describe(lease.Vault));
    }

    /// <summary>Says what a vault holds.</summary>
    internal static async Task<Ok<VaultDescription>> DescribeAsync(string vault, CallerVaults vaults, CancellationToken cancellationToken)
    {
        await using VaultLease lease = await vaults.OpenAsync(new VaultId(vault), cancellationToken: cancellationToken);
        return TypedResults.Ok(Describe(lease.Vault));
    }

    /// <summary>Deletes a vault with everything in it.</summary>
    internal static async Task<NoContent> DeleteAsync(string vault, CallerVaults vaults, CancellationToken cancellationToken) =>
        await vaults.DeleteAsync(new VaultId(vault), cancellationToken)
            ? TypedResults.NoContent()
            : throw new MemOSException(ErrorCodes.VaultNotFound, $"There is no vault '{vault}'.");

    /// <summary>Restores every cube of a vault to what it was at a time; younger cubes go to the archive.</summary>
    internal static async Task<Ok<ChangedResponse>> RollbackAsync(string vault, RollbackVaultRequest request, CallerVaults vaults, CancellationToken cancellationToken)
    {
        int changed = await vaults.ChangeAsync("update_memory", new VaultId(vault), opened => opened.RollbackVaultAsync(request.AsOf, vaults.Caller, cancellationToken), _ => [], cancellationToken);
        return TypedResults.Ok(new ChangedResponse { Changed = changed });
    }

    /// <summary>Waits until every background job of a vault that is due has been done or given up.</summary>
    internal static async Task<Ok<VaultDescription>> SettleAsync(string vault, CallerVaults vaults, CancellationToken cancellationToken)
    {
        await using VaultLease lease = await vaults.OpenAsync(new VaultId(vault), cancellationToken: cancellationToken);
        await lease.Vault.SettleAsync(cancellationToken);
        return TypedResults.Ok(Describe(lease.Vault));
    }

    private static VaultDescription Describe(MemoryVault vault)
    {
        VaultStatistics statistics = vault.Statistics();
        return new VaultDescription
        {
            Id = vault.Id.Value,
            Messages = statistics.Messages,
            Cubes = statistics.Cubes,
            Versions = statistics.Versions,
            PendingJobs = statistics.PendingJobs,
            DeadJobs = statistics.DeadJobs,
            LastSequence = statistics.LastSequence,
            Bytes = statistics.Bytes,
        };
    }
}
