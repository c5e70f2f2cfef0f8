using MemOS.Api;
using MemOS.Cubes;
using MemOS.Governance;
using MemOS.Scheduler;
using MemOS.Server.Auth;
using MemOS.Server.OpenAI;
using MemOS.Vaults;
using Microsoft.AspNetCore.Http.HttpResults;

namespace MemOS.Server.Rest;

/// <summary>Forgetting, the audit log, and jobs that were given up.</summary>
internal static class GovernanceRoutes
{
    public static void MapGovernance(this IEndpointRouteBuilder vault)
    {
        IEndpointRouteBuilder group = vault.MapGroup("").WithTags("Governance");
        group.MapPost("/forget", ForgetAsync).ProducesProblem(409);
        group.MapGet("/audit", AuditAsync);
        group.MapGet("/jobs/dead", DeadJobsAsync);
        group.MapPost("/jobs/{number:long}/retry", RetryJobAsync);
    }

    /// <summary>Forgets what is named, with the messages behind it and everything derived from them. A request that names nothing is refused.</summary>
    internal static async Task<Ok<ForgetResponse>> ForgetAsync(string vault, ForgetRequest request, CallerVaults vaults, CancellationToken cancellationToken) =>
        TypedResults.Ok(await vaults.CreateClient(new VaultId(vault)).ForgetAsync(request, cancellationToken));

    /// <summary>Reads the audit log, newest first.</summary>
    /// <param name="vault">The vault.</param>
    /// <param name="vaults">Opens vaults.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <param name="from">Not earlier than this.</param>
    /// <param name="to">Earlier than this.</param>
    /// <param name="caller">Only what this caller did.</param>
    /// <param name="operation">Only this operation.</param>
    /// <param name="cube">Only what was done to this cube.</param>
    /// <param name="limit">At most so many, 1 to 10,000; 100 when missing.</param>
    internal static async Task<Ok<AuditList>> AuditAsync(
        string vault, CallerVaults vaults, CancellationToken cancellationToken,
        DateTimeOffset? from = null, DateTimeOffset? to = null, string? caller = null, string? operation = null, Guid? cube = null, int? limit = null)
    {
        AuditQuery query = new()
        {
            Time = new TimeInterval(from, to),
            Caller = caller,
            Operation = operation,
            Cube = cube is { } id ? new CubeId(id) : null,
            Limit = RequestValues.Limit(limit, 100, 10_000),
        };
        await using VaultLease lease = await vaults.OpenAsync(new VaultId(vault), cancellationToken: cancellationToken);
        return TypedResults.Ok(new AuditList { Items = [.. lease.Vault.Audit(query).Select(ToRecord)] });
    }

    /// <summary>Lists the background jobs that were given up, oldest first.</summary>
    internal static async Task<Ok<JobList>> DeadJobsAsync(string vault, CallerVaults vaults, CancellationToken cancellationToken, int? limit = null)
    {
        int most = RequestValues.Limit(limit, 100, 1000);
        await using VaultLease lease = await vaults.OpenAsync(new VaultId(vault), cancellationToken: cancellationToken);
        return TypedResults.Ok(new JobList { Items = [.. lease.Vault.Read(reader => reader.ReadDeadJobs(most)).Select(ToRecord)] });
    }

    /// <summary>Lets a background job that was given up be tried again, from the beginning.</summary>
    internal static async Task<NoContent> RetryJobAsync(string vault, long number, CallerVaults vaults, HttpContext context, CancellationToken cancellationToken)
    {
        await using VaultLease lease = await vaults.OpenAsync(new VaultId(vault), cancellationToken: cancellationToken);
        await lease.Vault.RetryJobAsync(number, vaults.Caller, cancellationToken);
        context.RequestServices.GetService<CartridgeTraining>()?.Wake(lease.Vault.Id);
        return TypedResults.NoContent();
    }

    private static AuditRecord ToRecord(AuditEntry entry) => new()
    {
        Sequence = entry.Sequence,
        At = entry.At,
        Caller = entry.Caller,
        Operation = entry.Operation,
        Cube = entry.Cube.IsDefault ? null : entry.Cube.Value,
        Version = entry.Version == 0 ? null : entry.Version,
        Detail = entry.Detail,
    };

    private static JobRecord ToRecord(VaultJob job) => new()
    {
        Number = job.Number,
        Kind = job.Kind,
        Argument = job.Argument,
        Attempts = job.Attempts,
        DueAt = job.DueAt,
        Failure = job.Failure,
    };
}
