using MemOS.Api;
using MemOS.Cubes;
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
        group.MapGet("/{cube:guid}/usage", UsageAsync);
        group.MapGet("/{cube:guid}/payload", PayloadAsync).Produces<byte[]>(200, "application/octet-stream");
    }

    public static MemOSException NotFound(Guid cube) => new(ErrorCodes.CubeNotFound, $"There is no cube {cube} in this vault, or not that version of it.");

    /// <summary>Lists the current cubes of the main line, in the order in which they were last changed.</summary>
    /// <param name="vault">The vault.</param>
    /// <param name="host">Opens vaults.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <param name="state">Only those in this state.</param>
    /// <param name="type">Only those of this type.</param>
    /// <param name="after">Only those with a sequence number above this one.</param>
    /// <param name="limit">At most so many, 1 to 1,000; 100 when missing.</param>
    internal static async Task<Ok<CubePage>> ListAsync(
        string vault, VaultHost host, CancellationToken cancellationToken, string? state = null, string? type = null, long after = 0, int? limit = null)
    {
        int most = RequestValues.Limit(limit, 100, 1000);
        CubeState wanted = WireName<CubeState>.Read(state, default, "state");
        SemanticType? kind = type is null ? null : RequestValues.Type(type);
        await using VaultLease lease = await host.OpenAsync(new VaultId(vault), cancellationToken: cancellationToken);
        MemCube[] found = lease.Vault.Read(reader => reader.ReadCurrent(after)
            .Where(cube => (state is null || cube.State == wanted) && (kind is null || cube.Descriptive.Type == kind)).Take(most + 1).ToArray());
        return TypedResults.Ok(new CubePage { Items = [.. found.Take(most).Select(CubeRecords.ToRecord)], Next = found.Length > most ? found[most - 1].Sequence : null });
    }

    /// <summary>Writes a cube directly, without a message behind it.</summary>
    internal static async Task<Created<CubeRecord>> CreateAsync(string vault, CreateCubeRequest request, VaultHost host, CancellationToken cancellationToken)
    {
        NewCube cube = request.ToNewCube();
        await using VaultLease lease = await host.OpenAsync(new VaultId(vault), cancellationToken: cancellationToken);
        MemCube created = await lease.Vault.AddCubeAsync(cube, cancellationToken: cancellationToken);
        return TypedResults.Created($"/api/v1/vaults/{Uri.EscapeDataString(vault)}/cubes/{created.Id}", created.ToRecord());
    }

    /// <summary>Reads a cube: its current version, or the one that a version number, a transaction time or a branch names.</summary>
    /// <param name="vault">The vault.</param>
    /// <param name="cube">The cube.</param>
    /// <param name="host">Opens vaults.</param>
    /// <param name="response">Gets the version as its entity tag.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <param name="version">The number of a version.</param>
    /// <param name="as_of">A transaction time; not together with a version or a branch.</param>
    /// <param name="branch">A branch.</param>
    internal static async Task<Ok<CubeRecord>> GetAsync(
        string vault, Guid cube, VaultHost host, HttpResponse response, CancellationToken cancellationToken, int? version = null, DateTimeOffset? as_of = null, string? branch = null)
    {
        BranchName line = RequestValues.Branch(branch);
        _ = as_of is not null && (version is not null || branch is not null) ? throw RequestValues.Invalid("as_of goes together with neither version nor branch.") : 0;
        await using VaultLease lease = await host.OpenAsync(new VaultId(vault), cancellationToken: cancellationToken);
        CubeId id = new(cube);
        MemCube? found = as_of is { } time ? lease.Vault.FindAsOf(id, time)
            : version is { } number ? lease.Vault.FindVersion(id, number, branch: line)
            : lease.Vault.Find(id, branch: line);
        response.Headers.ETag = found is null ? default : $"\"{found.Version}\"";
        return TypedResults.Ok((found ?? throw NotFound(cube)).ToRecord());
    }

    /// <summary>Changes a cube: a new version. Name the version that you read in If-Match or expected_version to lose no change of another.</summary>
    internal static async Task<Ok<CubeRecord>> UpdateAsync(
        string vault, Guid cube, UpdateCubeRequest request, VaultHost host, HttpResponse response, CancellationToken cancellationToken, [FromHeader(Name = "If-Match")] string? ifMatch = null)
    {
        CubeUpdate update = request.ToUpdate(ifMatch);
        BranchName branch = RequestValues.Branch(request.Branch);
        await using VaultLease lease = await host.OpenAsync(new VaultId(vault), cancellationToken: cancellationToken);
        MemCube changed = await lease.Vault.UpdateAsync(new CubeId(cube), update, branch: branch, cancellationToken: cancellationToken);
        response.Headers.ETag = $"\"{changed.Version}\"";
        return TypedResults.Ok(changed.ToRecord());
    }

    /// <summary>Says how a cube was used. Uses of the last moments may not be counted yet.</summary>
    internal static async Task<Ok<UsageRecord>> UsageAsync(string vault, Guid cube, VaultHost host, CancellationToken cancellationToken)
    {
        await using VaultLease lease = await host.OpenAsync(new VaultId(vault), cancellationToken: cancellationToken);
        _ = lease.Vault.Find(new CubeId(cube)) ?? throw NotFound(cube);
        CubeUsage usage = lease.Vault.Usage(new CubeId(cube));
        return TypedResults.Ok(new UsageRecord { Uses = usage.Uses, LastUsed = usage.LastUsed, Heat = usage.Heat });
    }

    /// <summary>The bytes of a cube that is not plaintext.</summary>
    internal static async Task PayloadAsync(string vault, Guid cube, VaultHost host, HttpResponse response, CancellationToken cancellationToken)
    {
        await using VaultLease lease = await host.OpenAsync(new VaultId(vault), cancellationToken: cancellationToken);
        MemCube found = lease.Vault.Find(new CubeId(cube)) ?? throw NotFound(cube);
        await using Stream bytes = lease.Vault.OpenPayload(found);
        response.ContentType = "application/octet-stream";
        response.ContentLength = (found.Payload as StoredPayload)?.Length;
        await bytes.CopyToAsync(response.Body, cancellationToken);
    }
}
