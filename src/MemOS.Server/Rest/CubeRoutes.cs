using MemOS.Api;
using MemOS.Cubes;
using MemOS.Server.Auth;
using MemOS.Vaults;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace MemOS.Server.Rest;

/// <summary>Cubes: list, read, write, change.</summary>
internal static class CubeRoutes
{
    public static void MapCubes(this IEndpointRouteBuilder vault)
    {
        IEndpointRouteBuilder group = vault.MapGroup("/cubes").WithTags("Cubes");
        group.MapGet("/", ListAsync);
        group.MapPost("/", CreateAsync).ProducesProblem(409);
        group.MapGet("/{cube:guid}", GetAsync);
        group.MapPatch("/{cube:guid}", UpdateAsync).ProducesProblem(409);
        group.MapGet("/{cube:guid}/explain", ExplainAsync);
        group.MapPost("/{cube:guid}/feedback", FeedbackAsync).ProducesProblem(409);
        group.MapGet("/{cube:guid}/usage", UsageAsync);
        group.MapGet("/{cube:guid}/payload", PayloadAsync).Produces<byte[]>(200, "application/octet-stream");
    }

    /// <summary>Lists the current cubes of the main line, in the order in which they were last changed.</summary>
    /// <param name="vault">The vault.</param>
    /// <param name="vaults">Opens vaults.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <param name="state">Only those in this state.</param>
    /// <param name="type">Only those of this type.</param>
    /// <param name="after">Only those with a sequence number above this one.</param>
    /// <param name="limit">At most so many, 1 to 1,000; 100 when missing.</param>
    internal static async Task<Ok<CubePage>> ListAsync(
        string vault, CallerVaults vaults, CancellationToken cancellationToken, string? state = null, string? type = null, long after = 0, int? limit = null)
    {
        CubeListRequest request = new() { State = state, Type = type, After = after, Limit = limit };
        return TypedResults.Ok(await vaults.CreateClient(new VaultId(vault)).ListAsync(request, cancellationToken));
    }

    /// <summary>Writes a cube directly, without a message behind it.</summary>
    internal static async Task<Created<CubeRecord>> CreateAsync(string vault, CreateCubeRequest request, CallerVaults vaults, CancellationToken cancellationToken)
    {
        NewCube cube = request.ToNewCube();
        MemCube created = await vaults.ChangeAsync("create_memory", new VaultId(vault), opened => opened.AddCubeAsync(cube, vaults.Caller, cancellationToken), made => [made], cancellationToken);
        return TypedResults.Created($"/api/v1/vaults/{Uri.EscapeDataString(vault)}/cubes/{created.Id}", created.ToRecord());
    }

    /// <summary>Reads a cube: its current version, or the one that a version number, a transaction time or a branch names.</summary>
    /// <param name="vault">The vault.</param>
    /// <param name="cube">The cube.</param>
    /// <param name="vaults">Opens vaults.</param>
    /// <param name="response">Gets the version as its entity tag.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <param name="version">The number of a version.</param>
    /// <param name="as_of">A transaction time; not together with a version or a branch.</param>
    /// <param name="branch">A branch.</param>
    internal static async Task<Ok<CubeRecord>> GetAsync(
        string vault, Guid cube, CallerVaults vaults, HttpResponse response, CancellationToken cancellationToken, int? version = null, DateTimeOffset? as_of = null, string? branch = null)
    {
        BranchName line = RequestValues.Branch(branch);
        _ = as_of is not null && (version is not null || branch is not null) ? throw RequestValues.Invalid("as_of goes together with neither version nor branch.") : 0;
        await using VaultLease lease = await vaults.OpenAsync(new VaultId(vault), cancellationToken: cancellationToken);
        CubeId id = new(cube);
        MemCube? found = as_of is { } time ? lease.Vault.FindAsOf(id, time)
            : version is { } number ? lease.Vault.FindVersion(id, number, branch: line)
            : lease.Vault.Find(id, branch: line);
        response.Headers.ETag = found is null ? default : $"\"{found.Version}\"";
        return TypedResults.Ok((found ?? throw CubeRequests.NotFound(cube)).ToRecord());
    }

    /// <summary>Changes a cube: a new version. Name the version that you read in If-Match or expected_version to lose no change of another.</summary>
    internal static async Task<Ok<CubeRecord>> UpdateAsync(
        string vault, Guid cube, UpdateCubeRequest request, CallerVaults vaults, HttpResponse response, CancellationToken cancellationToken, [FromHeader(Name = "If-Match")] string? ifMatch = null)
    {
        CubeUpdate update = request.ToUpdate(ifMatch);
        BranchName branch = RequestValues.Branch(request.Branch);
        MemCube changed = await vaults.ChangeAsync(
            "update_memory", new VaultId(vault), opened => opened.UpdateAsync(new CubeId(cube), update, vaults.Caller, branch, cancellationToken), made => [made], cancellationToken);
        response.Headers.ETag = $"\"{changed.Version}\"";
        return TypedResults.Ok(changed.ToRecord());
    }

    /// <summary>Says where a cube came from, word for word, what came from it, and how it was used.</summary>
    internal static async Task<Ok<ExplanationRecord>> ExplainAsync(string vault, Guid cube, CallerVaults vaults, CancellationToken cancellationToken) =>
        TypedResults.Ok(await vaults.CreateClient(new VaultId(vault)).ExplainAsync(cube, cancellationToken));

    /// <summary>Takes what somebody says about a cube: confirm, correct, supplement or reject it. A new version; nothing is lost.</summary>
    internal static async Task<Ok<CubeRecord>> FeedbackAsync(string vault, Guid cube, FeedbackRequest request, CallerVaults vaults, CancellationToken cancellationToken) =>
        TypedResults.Ok(await vaults.CreateClient(new VaultId(vault)).GiveFeedbackAsync(cube, request, cancellationToken));

    /// <summary>Says how a cube was used. Uses of the last moments may not be counted yet.</summary>
    internal static async Task<Ok<UsageRecord>> UsageAsync(string vault, Guid cube, CallerVaults vaults, CancellationToken cancellationToken)
    {
        await using VaultLease lease = await vaults.OpenAsync(new VaultId(vault), cancellationToken: cancellationToken);
        _ = lease.Vault.Find(new CubeId(cube)) ?? throw CubeRequests.NotFound(cube);
        return TypedResults.Ok(lease.Vault.Usage(new CubeId(cube)).ToRecord());
    }

    /// <summary>The bytes of a cube that is not plaintext.</summary>
    internal static async Task PayloadAsync(string vault, Guid cube, CallerVaults vaults, HttpResponse response, CancellationToken cancellationToken)
    {
        await using VaultLease lease = await vaults.OpenAsync(new VaultId(vault), cancellationToken: cancellationToken);
        MemCube found = lease.Vault.Find(new CubeId(cube)) ?? throw CubeRequests.NotFound(cube);
        await using Stream bytes = lease.Vault.OpenPayload(found);
        response.ContentType = "application/octet-stream";
        response.ContentLength = (found.Payload as StoredPayload)?.Length;
        await bytes.CopyToAsync(response.Body, cancellationToken);
    }
}
