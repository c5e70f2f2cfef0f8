using MemOS.Api;
using MemOS.Cubes;
using MemOS.Server.Auth;
using MemOS.Vaults;
using Microsoft.AspNetCore.Http.HttpResults;

namespace MemOS.Server.Rest;

/// <summary>What-if branches: open, merge, discard. Cubes are changed on them with the branch in the body of the change.</summary>
internal static class BranchRoutes
{
    public static void MapBranches(this IEndpointRouteBuilder vault)
    {
        IEndpointRouteBuilder group = vault.MapGroup("/branches").WithTags("Branches");
        group.MapGet("/", ListAsync);
        group.MapPost("/", OpenAsync);
        group.MapPost("/{branch}/merge", MergeAsync).ProducesProblem(409);
        group.MapDelete("/{branch}", DiscardAsync);
    }

    /// <summary>Lists the open branches, by name.</summary>
    internal static async Task<Ok<BranchList>> ListAsync(string vault, CallerVaults vaults, CancellationToken cancellationToken)
    {
        await using VaultLease lease = await vaults.OpenAsync(new VaultId(vault), cancellationToken: cancellationToken);
        return TypedResults.Ok(new BranchList { Items = [.. lease.Vault.Read(reader => reader.ReadBranches()).Select(ToRecord)] });
    }

    /// <summary>Opens a branch at the present state of the main line.</summary>
    internal static async Task<Ok<BranchRecord>> OpenAsync(string vault, OpenBranchRequest request, CallerVaults vaults, CancellationToken cancellationToken)
    {
        BranchName name = RequestValues.Branch(request.Name);
        await using VaultLease lease = await vaults.OpenAsync(new VaultId(vault), cancellationToken: cancellationToken);
        await lease.Vault.OpenBranchAsync(name, caller: vaults.Caller, cancellationToken: cancellationToken);
        Branch? opened = lease.Vault.Read(reader => reader.ReadBranches()).FirstOrDefault(branch => branch.Name == name);
        return TypedResults.Ok(ToRecord(opened ?? throw new MemOSException(ErrorCodes.BranchNotFound, $"Branch {name} was closed again meanwhile.")));
    }

    /// <summary>Brings the changes of a branch to the main line and closes it.</summary>
    internal static async Task<Ok<ChangedResponse>> MergeAsync(string vault, string branch, CallerVaults vaults, CancellationToken cancellationToken)
    {
        BranchName name = RequestValues.Branch(branch);
        int changed = await vaults.ChangeAsync("update_memory", new VaultId(vault), opened => opened.MergeBranchAsync(name, vaults.Caller, cancellationToken), _ => [], cancellationToken);
        return TypedResults.Ok(new ChangedResponse { Changed = changed });
    }

    /// <summary>Closes a branch and drops its changes.</summary>
    internal static async Task<NoContent> DiscardAsync(string vault, string branch, CallerVaults vaults, CancellationToken cancellationToken)
    {
        BranchName name = RequestValues.Branch(branch);
        await using VaultLease lease = await vaults.OpenAsync(new VaultId(vault), cancellationToken: cancellationToken);
        await lease.Vault.DiscardBranchAsync(name, caller: vaults.Caller, cancellationToken: cancellationToken);
        return TypedResults.NoContent();
    }

    private static BranchRecord ToRecord(Branch branch) => new() { Name = branch.Name.Value, BaseSequence = branch.BaseSequence, CreatedAt = branch.CreatedAt };
}
