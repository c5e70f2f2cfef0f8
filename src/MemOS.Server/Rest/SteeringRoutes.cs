using System.Collections.Immutable;
using MemOS.Activation;
using MemOS.Api;
using MemOS.Cubes;
using MemOS.Server.Auth;
using MemOS.Transformations;
using MemOS.Vaults;
using Microsoft.AspNetCore.Http.HttpResults;

namespace MemOS.Server.Rest;

/// <summary>Steering vectors: made, listed, erased. They are mounted for one answer at a time, by the field <c>memos.steering</c> of a chat completion.</summary>
internal static class SteeringRoutes
{
    private const int MostPairs = 256;

    public static void MapSteering(this IEndpointRouteBuilder vault)
    {
        IEndpointRouteBuilder group = vault.MapGroup("/steering").WithTags("Steering");
        group.MapGet("/", ListAsync);
        group.MapPost("/", MakeAsync).ProducesProblem(503);
        group.MapDelete("/{vector:guid}", EraseAsync);
    }

    /// <summary>Lists the vectors of the vault, in the order in which they were made.</summary>
    internal static async Task<Ok<SteeringList>> ListAsync(string vault, CallerVaults vaults, CancellationToken cancellationToken)
    {
        await using VaultLease lease = await vaults.OpenAsync(new VaultId(vault), cancellationToken: cancellationToken);
        return TypedResults.Ok(new SteeringList { Items = [.. SteeringVectors.List(lease.Vault, vaults.Caller).Select(ToRecord)] });
    }

    /// <summary>Makes a vector from pairs of contrasting texts, with the local model of the server.</summary>
    internal static async Task<Ok<SteeringRecord>> MakeAsync(string vault, MakeSteeringRequest request, CallerVaults vaults, HttpContext context, CancellationToken cancellationToken)
    {
        if (request.Pairs.Count is 0 or > MostPairs || request.Pairs.Contains(null!) || request.FirstLayer is null != request.LastLayer is null) // the serializer does not check elements
        {
            throw new MemOSException(ErrorCodes.InvalidInput, $"pairs must hold 1 to {MostPairs} pairs, and first_layer and last_layer go together.");
        }

        ImmutableArray<string> tags = RequestValues.Texts(request.Tags, "tags");
        ActivationMemory memory = context.RequestServices.GetService<ActivationMemory>()
            ?? throw new MemOSException("no_model", "This server has no local model to make steering vectors with. Start it with --model.");
        await using VaultLease lease = await vaults.OpenAsync(new VaultId(vault), cancellationToken: cancellationToken);
        (int, int)? layers = request is { FirstLayer: { } first, LastLayer: { } last } ? (first, last) : null;
        return TypedResults.Ok(ToRecord(await memory.Steering.MakeAsync(
            lease.Vault, [.. request.Pairs.Select(pair => new SteeringPair(pair.Towards, pair.Away))], layers, tags, vaults.Caller, cancellationToken)));
    }

    /// <summary>Erases a vector: no answer is steered by it any more.</summary>
    internal static async Task<NoContent> EraseAsync(string vault, Guid vector, CallerVaults vaults, CancellationToken cancellationToken)
    {
        await using VaultLease lease = await vaults.OpenAsync(new VaultId(vault), cancellationToken: cancellationToken);
        MemCube found = SteeringVectors.List(lease.Vault, vaults.Caller).FirstOrDefault(cube => cube.Id.Value == vector)
            ?? throw new MemOSException(ErrorCodes.CubeNotFound, $"There is no steering vector {vector} in this vault.");
        await lease.Vault.ForgetAsync(new Governance.ForgetScope { Cubes = [found.Id] }, vaults.Caller, cancellationToken: cancellationToken);
        return TypedResults.NoContent();
    }

    private static SteeringRecord ToRecord(MemCube cube)
    {
        SteeringFormat? format = SteeringFormat.TryParse((cube.Payload as StoredPayload)?.Format);
        return new SteeringRecord
        {
            Id = cube.Id.Value,
            Model = format?.Model ?? "",
            FirstLayer = format?.FirstLayer ?? 0,
            LastLayer = format?.LastLayer ?? 0,
            Tags = [.. cube.Descriptive.Tags],
            CreatedAt = cube.Descriptive.CreatedAt,
        };
    }
}
