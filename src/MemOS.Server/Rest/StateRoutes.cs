using System.Collections.Immutable;
using MemOS.Activation;
using MemOS.Api;
using MemOS.Cubes;
using MemOS.Governance;
using MemOS.Scheduler.Transitions;
using MemOS.Server.Auth;
using MemOS.Transformations;
using MemOS.Vaults;
using Microsoft.AspNetCore.Http.HttpResults;

namespace MemOS.Server.Rest;

/// <summary>KV states: what the scheduler made, under which policy, and whether loading them ahead paid. Why it made and gave up each stands in the audit log (<c>promote</c>, <c>demote</c>).</summary>
internal static class StateRoutes
{
    public static void MapStates(this IEndpointRouteBuilder vault) => vault.MapGroup("/states").WithTags("States").MapGet("/", ListAsync);

    /// <summary>Lists the KV states of the vault, with the policy that is in force and what loading ahead came to.</summary>
    internal static async Task<Ok<StateList>> ListAsync(string vault, CallerVaults vaults, HttpContext context, CancellationToken cancellationToken)
    {
        await using VaultLease lease = await vaults.OpenAsync(new VaultId(vault), cancellationToken: cancellationToken);
        ActivationMemory? memory = context.RequestServices.GetService<ActivationMemory>();
        (LoadStatistics counts, ImmutableArray<CubeId> loaded, long bytes) = memory?.Scheduler.LoadingOf(lease.Vault.Id) ?? (LoadStatistics.None, [], 0);
        return TypedResults.Ok(new StateList
        {
            Items = [.. lease.Vault.States.List().Where(state => CallerRights.MayRead(vaults.Caller, state.Governance)).Select(state => ToRecord(state, loaded.Contains(state.Id)))],
            Policy = memory is null ? null : ToRecord(memory.Policies.Of(lease.Vault.Id)),
            LoadedAhead = memory is null ? null : new LoadedAheadRecord { Bytes = bytes, Loads = counts.Loads, Hits = counts.Hits, Misses = counts.Misses, Wasted = counts.Wasted, HitRate = counts.HitRate },
        });
    }

    private static StateRecord ToRecord(MemCube state, bool isLoaded)
    {
        StoredPayload? stored = state.Payload as StoredPayload;
        KVStateFormat? format = KVStateFormat.TryParse(stored?.Format);
        return new StateRecord
        {
            Id = state.Id.Value,
            Model = format?.Binding.Model ?? "",
            Tokens = format?.Tokens ?? 0,
            StandsFor = format?.StandsFor,
            Bytes = stored?.Length ?? 0,
            Sources = [.. state.Lineage.Where(edge => edge.Kind is DerivationKind.TransformedFrom).Select(edge => edge.Cube.Value)],
            CreatedAt = state.Descriptive.CreatedAt,
            IsLoaded = isLoaded,
        };
    }

    private static TransitionPolicyRecord ToRecord(TransitionPolicy policy) => new()
    {
        PromoteHeat = policy.PromoteHeat,
        DemoteHeat = policy.DemoteHeat,
        StableFor = policy.StableFor,
        StayFor = policy.StayFor,
        UnusedFor = policy.UnusedFor,
        LeastTokens = policy.LeastTokens,
        MostTokens = policy.MostTokens,
        DiskBytes = policy.DiskBytes,
        MemoryBytes = policy.MemoryBytes,
        ContextTokens = policy.ContextTokens,
        MostStates = policy.MostStates,
        Recompute = policy.Recompute,
        Retention = policy.Retention.ToString(),
        Labels = policy.Labels,
        PriorityFirst = policy.PriorityFirst,
    };
}
