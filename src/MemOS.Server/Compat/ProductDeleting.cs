using System.Collections.Immutable;
using System.Text.Json;
using MemOS.Api.Product;
using MemOS.Cubes;
using MemOS.Governance;
using MemOS.Operator.Recall;
using MemOS.Server.Auth;
using MemOS.Vaults;
using Microsoft.AspNetCore.Http.HttpResults;

namespace MemOS.Server.Compat;

/// <summary><c>POST /product/delete_memory</c>: exactly one mode, never beyond the named cubes, one transaction a cube.</summary>
internal static class ProductDeleting
{
    public static async Task<Ok<ProductAnswer<ProductDeleted>>> DeleteAsync(ProductDeleteRequest request, CallerVaults host, CancellationToken cancellationToken)
    {
        string? session = ProductCubes.Session(request.SessionId, request.ConversationId);
        VaultId[] cubes = RequireOneMode(request, session);
        HashSet<string> missing = [.. request.MemoryIds ?? []];
        int deleted = 0;
        foreach ((VaultId cube, CubeFilter? filter) in cubes.Select(cube => (cube, FilterFor(request, session, cube, cubes))).ToArray()) // all are read before anything is deleted
        {
            await using VaultLease? lease = await ProductCubes.FindAsync(host, cube, cancellationToken);
            deleted += lease is null ? 0
                : request.MemoryIds is not null ? await DeleteIdsAsync(lease.Vault, missing, host, cancellationToken)
                : await DeleteMatchingAsync(lease.Vault, filter, request.UserId, session, host, cancellationToken);
        }

        return request.MemoryIds is not null && deleted == 0
            ? throw new MemOSException(ErrorCodes.CubeNotFound, "None of these memories is in the named cubes; nothing was deleted.")
            : TypedResults.Ok(ProductRoutes.Answer("Memories deleted successfully", new ProductDeleted { Deleted = deleted, NotFound = [.. missing] }));
    }

    private static CubeFilter? FilterFor(ProductDeleteRequest request, string? session, VaultId cube, VaultId[] cubes)
    {
        if (request.FileIds is { } files)
        {
            return CubeFilter.Or([.. files.Select(ProductFilters.OfFile)]);
        }

        CubeFilter? filter = ProductFilters.For(request.Filter, cube, cubes);
        bool isGiven = request.Filter is { ValueKind: not JsonValueKind.Null };
        return isGiven && filter is null
            ? throw new MemOSException(ErrorCodes.UnscopedDelete, $"The filter says nothing of cube '{cube}', so nothing is deleted. Name for each cube what to delete, or leave the cube out.")
            : isGiven && filter is { NamesSomething: false } && request.UserId is null && session is null
            ? throw new MemOSException(ErrorCodes.UnscopedDelete, "An empty filter would delete everything. To delete all memories of a user, give user_id.")
            : filter;
    }

    private static VaultId[] RequireOneMode(ProductDeleteRequest request, string? session)
    {
        bool byFilter = request.Filter is { ValueKind: not JsonValueKind.Null } || session is not null || (request.UserId is not null && request.MemoryIds is null && request.FileIds is null);
        int modes = (request.MemoryIds is null ? 0 : 1) + (request.FileIds is null ? 0 : 1) + (byFilter ? 1 : 0);
        if (modes == 0)
        {
            throw new MemOSException(ErrorCodes.UnscopedDelete, "Nothing is named, so nothing is deleted. Give memory_ids, file_ids, or filter, user_id and session_id.");
        }

        if (modes > 1)
        {
            throw new MemOSException(ErrorCodes.InvalidInput, "Give exactly one of memory_ids, file_ids, or filter with user_id and session_id.");
        }

        return (request.WritableCubeIds, request.MemCubeId, request.UserId) is (null, null, null)
            ? throw new MemOSException(ErrorCodes.UnscopedDelete, "Name the cubes in writable_cube_ids, or the user in user_id.")
            : ProductCubes.Named(request.WritableCubeIds, request.MemCubeId, request.UserId);
    }

    /// <summary>Deletes the memories of a vault that have one of some ids, and takes those ids out of the set.</summary>
    public static async Task<int> DeleteIdsAsync(MemoryVault vault, HashSet<string> ids, CallerVaults host, CancellationToken cancellationToken)
    {
        (string Text, CubeId Id)[] here = [.. ids
            .Select(text => (text, CubeId.TryParse(text, out CubeId id) ? id : default))
            .Where(pair => !pair.Item2.IsDefault && vault.Find(pair.Item2) is not null)];
        if (here.Length == 0)
        {
            return 0;
        }

        ForgetResult forgotten = await ForgetAsync(vault, new ForgetScope { Cubes = [.. here.Select(pair => pair.Id)] }, host, cancellationToken);
        ids.ExceptWith(here.Select(pair => pair.Text));
        return forgotten.Cubes.Length;
    }

    /// <summary>Deletes the memories of a vault that fulfil a filter and are of a user and a session; what is null is no condition.</summary>
    public static async Task<int> DeleteMatchingAsync(MemoryVault vault, CubeFilter? filter, string? user, string? session, CallerVaults host, CancellationToken cancellationToken)
    {
        CubeFilter? owned = user is null ? null : ProductFilters.OfUser(user, vault.Id);
        if (filter is null)
        {
            // Where every memory is this user's, the scope itself names it all, messages without a memory included.
            try
            {
                ForgetScope whole = session is null ? new ForgetScope { Everything = true } : new ForgetScope { Conversation = session };
                return (await ForgetAsync(vault, whole with { Provided = owned }, host, cancellationToken)).Cubes.Length;
            }
            catch (MemOSException error) when (error.Code == ErrorCodes.VersionConflict)
            {
                // Others have memories here too.
            }
        }

        return (await ForgetAsync(vault, new ForgetScope { Filter = CubeFilter.And(Conditions().ToImmutableArray()) }, host, cancellationToken)).Cubes.Length;

        IEnumerable<CubeFilter> Conditions()
        {
            if (filter is not null)
            {
                yield return filter;
            }

            if (owned is not null)
            {
                yield return owned;
            }

            if (session is not null)
            {
                yield return ProductFilters.OfSession(session);
            }
        }
    }

    private static Task<ForgetResult> ForgetAsync(MemoryVault vault, ForgetScope scope, CallerVaults host, CancellationToken cancellationToken) =>
        host.ObserveAsync("delete_memory", vault.Id, () => vault.ForgetAsync(scope, host.Caller, cancellationToken), _ => []);
}
