using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using MemOS.Activation;
using MemOS.Api;
using MemOS.Cubes;
using MemOS.Governance;
using MemOS.Scheduler.Transitions;
using MemOS.Server.Auth;
using MemOS.Server.OpenAI;
using MemOS.Transformations;
using MemOS.Vaults;
using Microsoft.AspNetCore.Http.HttpResults;

namespace MemOS.Server.Rest;

/// <summary>KV states: what the scheduler made, under which policy, and whether loading them ahead paid. Why it made and gave up each stands in the audit log (<c>promote</c>, <c>demote</c>).</summary>
internal static class StateRoutes
{
    public static void MapStates(this IEndpointRouteBuilder vault)
    {
        IEndpointRouteBuilder group = vault.MapGroup("/states").WithTags("States");
        group.MapGet("/", ListAsync);
        group.MapGet("/policy", PolicyAsync);
        group.MapPut("/policy", SetPolicyAsync).Accepts<OwnPolicyRecord>("application/json").ProducesProblem(403);
        group.MapDelete("/policy", ResetPolicyAsync).ProducesProblem(403);
    }

    /// <summary>Lists the KV states of the vault, with the policy that is in force and what loading ahead came to.</summary>
    internal static async Task<Ok<StateList>> ListAsync(string vault, CallerVaults vaults, HttpContext context, CancellationToken cancellationToken)
    {
        await using VaultLease lease = await vaults.OpenAsync(new VaultId(vault), cancellationToken: cancellationToken);
        ActivationMemory? memory = context.RequestServices.GetService<ActivationMemory>();
        (LoadStatistics counts, ImmutableArray<CubeId> loaded, long bytes) = memory?.Scheduler.LoadingOf(lease.Vault.Id) ?? (LoadStatistics.None, [], 0);
        return TypedResults.Ok(new StateList
        {
            Items = [.. lease.Vault.States.List().Where(state => CallerRights.MayRead(vaults.Caller, state.Governance)).Select(state => ToRecord(state, loaded.Contains(state.Id)))],
            Policy = memory is null ? null : ToRecord(memory.Policies.InForce(lease.Vault)),
            LoadedAhead = memory is null ? null : new LoadedAheadRecord { Bytes = bytes, Loads = counts.Loads, Hits = counts.Hits, Misses = counts.Misses, Wasted = counts.Wasted, HitRate = counts.HitRate },
        });
    }

    /// <summary>Says by which policy the states of the vault are kept, and what of it is the vault's own.</summary>
    internal static async Task<Ok<StatePolicyRecord>> PolicyAsync(string vault, CallerVaults vaults, HttpContext context, CancellationToken cancellationToken)
    {
        await using VaultLease lease = await vaults.OpenAsync(new VaultId(vault), cancellationToken: cancellationToken);
        return TypedResults.Ok(ToRecord(lease.Vault, Operators(context), vaults.Caller));
    }

    /// <summary>Replaces what the vault says of its own about its states. What is left out is the operator's, whose budgets cannot be exceeded. It holds at once, and stays with the vault.</summary>
    internal static async Task<Ok<StatePolicyRecord>> SetPolicyAsync(string vault, CallerVaults vaults, HttpContext context, CancellationToken cancellationToken)
    {
        OwnPolicy own = OwnPolicy.Parse((await JsonBody.ReadAsync(context.Request, cancellationToken)).ToJsonString());
        return await WriteAsync(vault, own, vaults, context, cancellationToken);
    }

    /// <summary>Takes back what the vault says of its own about its states: the operator's policy is in force again.</summary>
    internal static Task<Ok<StatePolicyRecord>> ResetPolicyAsync(string vault, CallerVaults vaults, HttpContext context, CancellationToken cancellationToken) =>
        WriteAsync(vault, OwnPolicy.None, vaults, context, cancellationToken);

    private static async Task<Ok<StatePolicyRecord>> WriteAsync(string vault, OwnPolicy own, CallerVaults vaults, HttpContext context, CancellationToken cancellationToken)
    {
        await using VaultLease lease = await vaults.OpenAsync(new VaultId(vault), cancellationToken: cancellationToken);
        TransitionPolicies operators = Operators(context);
        await lease.Vault.States.SetPolicyAsync(own, operators, vaults.Caller, cancellationToken);
        return TypedResults.Ok(ToRecord(lease.Vault, operators, vaults.Caller));
    }

    // A vault keeps its policy whether or not there is a model here to go by it.
    private static TransitionPolicies Operators(HttpContext context) =>
        context.RequestServices.GetService<ActivationMemory>()?.Policies ?? context.RequestServices.GetRequiredService<ServerSettings>().Policies;

    private static StatePolicyRecord ToRecord(MemoryVault vault, TransitionPolicies operators, Caller caller)
    {
        OwnPolicy own = vault.States.Policy; // read once: both are of one moment
        return new StatePolicyRecord
        {
            Policy = ToRecord(own.Over(operators.Of(vault.Id))),
            Own = caller.IsOwner ? Read(own.ToJson(), ApiJsonContext.Default.OwnPolicyRecord) : null,
        };
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

    // One writes the values by the names by which the other reads them.
    private static TransitionPolicyRecord ToRecord(TransitionPolicy policy) => Read(policy.ToJson(), ApiJsonContext.Default.TransitionPolicyRecord);

    private static T Read<T>(string json, JsonTypeInfo<T> type) => JsonSerializer.Deserialize(json, type) ?? throw new InvalidOperationException($"No {type.Type.Name} is null.");
}
