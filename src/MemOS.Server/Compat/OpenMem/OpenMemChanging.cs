using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using MemOS.Cubes;
using MemOS.Operator.Recall;
using MemOS.Server.Auth;
using MemOS.Server.Compat.Wire;
using MemOS.Vaults;

namespace MemOS.Server.Compat.OpenMem;

/// <summary><c>update/memory</c> and <c>delete/memory</c>. Deleting is never wider than what is named, and never beyond what the key opens.</summary>
internal static class OpenMemChanging
{
    private const int MostIds = 1000;

    public static async Task<WireAnswer> UpdateAsync(WireBody body, CallerVaults host, CubeWhereabouts whereabouts, CancellationToken cancellationToken)
    {
        string id = body.Required("memory_id");
        (string? content, string? title, string? status) = (body.Text("content"), body.Text("title"), body.Text("status"));
        CubeState? target = status switch
        {
            null => null,
            "activated" => CubeState.Activated,
            "archived" => CubeState.Archived,
            "deleted" => CubeState.Expired,
            "resolving" => throw new MemOSException("not_offered", "This server has no memories that are being resolved."),
            _ => throw new BodyFaultException("status", "status must be activated, archived or deleted."),
        };
        _ = content is null && title is null && target is null ? throw new BodyFaultException("content", "Give at least one of content, title and status.") : 0;
        await using FoundCube found = await FoundCube.FindAsync(id, host, whereabouts, null, cancellationToken) ?? throw FoundCube.NotFound(id);
        await host.ObserveAsync("update_memory", found.Vault.Id, () => ChangeAsync(found, content, title, target, host, cancellationToken), cube => [cube]);
        return Success();
    }

    public static async Task<WireAnswer> DeleteAsync(WireBody body, CallerVaults host, CubeWhereabouts whereabouts, CancellationToken cancellationToken)
    {
        IReadOnlyList<string>? ids = body.Texts("memory_ids");
        IReadOnlyList<string>? users = body.Texts("user_ids") ?? body.Texts("user_id") ?? body.Texts("agent_id");
        if (ids is not null)
        {
            _ = ids.Count <= MostIds ? 0 : throw new BodyFaultException("memory_ids", $"memory_ids may hold {MostIds} ids at most.");
            _ = body.Json("filter") is null ? 0 : throw new MemOSException(ErrorCodes.InvalidInput, "Give either memory_ids or a filter.");
            await DeleteIdsAsync(ids, users, host, whereabouts, cancellationToken);
            return Success();
        }

        _ = users ?? throw Unscoped();

        CubeFilter? kind = OfKind(body.Text("memory_type"));
        string? agent = body.Text("user_id") is null && body.Texts("user_ids") is null ? null : body.Text("agent_id");
        (VaultId Vault, CubeFilter? Filter)[] meant = [.. users.Distinct().Select(user => new VaultId(user)).Select(vault => (vault, FilterFor(body.Json("filter"), agent, vault)))];
        foreach ((VaultId vault, CubeFilter? named) in meant)
        {
            CubeFilter? filter = (named, kind) switch { ({ } first, { } second) => CubeFilter.And(first, second), _ => named ?? kind };
            await using VaultLease? lease = await ProductCubes.FindAsync(host, vault, cancellationToken);
            if (lease is not null)
            {
                await ProductDeleting.DeleteMatchingAsync(lease.Vault, filter, null, null, host, cancellationToken);
            }
        }

        return Success(); // of a user who has nothing, nothing is left
    }

    // A filter that says nothing of the vault, or nothing at all, is no leave to delete everything of the user or the agent beside it.
    private static CubeFilter? FilterFor(JsonElement? filter, string? agent, VaultId vault) =>
        filter is not null && new OpenMemScope(vault, [], null) { Filter = filter }.FilterFor(vault) is not { NamesSomething: true } ? throw Unscoped()
        : new OpenMemScope(vault, [], agent) { Filter = filter }.FilterFor(vault);

    private static WireAnswer Success() => WireAnswer.OpenMem(new JsonObject { ["success"] = true });

    private static MemOSException Unscoped() =>
        new(ErrorCodes.UnscopedDelete, "Nothing is named, so nothing is deleted. Give memory_ids, or user_id or agent_id with or without a filter that names something.");

    private static async Task DeleteIdsAsync(IReadOnlyList<string> ids, IReadOnlyList<string>? users, CallerVaults host, CubeWhereabouts whereabouts, CancellationToken cancellationToken)
    {
        VaultId[]? places = users?.Select(user => new VaultId(user)).ToArray();
        int deleted = 0;
        await FoundCube.VisitAsync(
            ids,
            host,
            whereabouts,
            places,
            async (vault, found) => deleted += await ProductDeleting.DeleteIdsAsync(vault, [.. found.Select(pair => pair.Id)], host, cancellationToken),
            cancellationToken);

        _ = deleted > 0 ? 0 : throw new MemOSException(ErrorCodes.CubeNotFound, "None of these memories exists here; nothing was deleted.");
    }

    private static async Task<MemCube> ChangeAsync(FoundCube found, string? content, string? title, CubeState? target, CallerVaults host, CancellationToken cancellationToken)
    {
        MemCube cube = found.Cube;
        if (target is CubeState.Activated && cube.State is CubeState.Archived)
        {
            cube = await TransitionAsync(cube, CubeState.Activated);
        }

        if (content is not null || title is not null)
        {
            CubeUpdate update = new()
            {
                Text = content,
                Mode = UpdateMode.Overwrite,
                Info = title is null ? null : ImmutableSortedDictionary<string, string>.Empty.Add("title", title),
                ExpectedVersion = cube.Version,
            };
            cube = await found.Vault.UpdateAsync(cube.Id, update, host.Caller, cancellationToken: cancellationToken);
        }

        return target is { } state && state != cube.State && state is not CubeState.Activated ? await TransitionAsync(cube, state) : cube;

        // Archiving thaws nothing: this wire has no word for that.
        Task<MemCube> TransitionAsync(MemCube current, CubeState next) => next is CubeState.Archived
            ? found.Vault.RejectAsync(current.Id, current.Version, host.Caller, cancellationToken)
            : found.Vault.TransitionAsync(current.Id, next, current.Version, host.Caller, cancellationToken);
    }

    private static CubeFilter? OfKind(string? type) => type switch
    {
        null or "All" => null,
        "detail_factual" => ProductFilters.Texts,
        "preference" => ProductFilters.Preferences,
        "tool_memory" => ProductFilters.Tools,
        "event" => ProductFilters.Events,
        "skill" or "profile" => ProductFilters.OfMemoryType("SkillMemory"),
        _ => ProductFilters.OfMemoryType(type),
    };
}
