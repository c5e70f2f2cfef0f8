using System.Text.Json.Nodes;
using MemOS.Api.Product;
using MemOS.Server.Auth;
using MemOS.Server.Compat.Wire;
using MemOS.Vaults;
using Microsoft.AspNetCore.Http.HttpResults;

namespace MemOS.Server.Compat;

/// <summary>The cubes, that is vaults, that a request names.</summary>
internal static class ProductCubes
{
    /// <summary>Makes an empty cube.</summary>
    public static async Task<Ok<ProductAnswer<ProductCube>>> CreateAsync(ProductCreateCubeRequest request, CallerVaults host, CancellationToken cancellationToken)
    {
        string name = request.CubeName ?? throw BodyFaultException.Missing("cube_name");
        string owner = request.OwnerId ?? throw BodyFaultException.Missing("owner_id");
        _ = request.CubePath is null ? 0 : throw new MemOSException(ErrorCodes.InvalidInput, "This server opens no path that a client names: leave cube_path out.");
        VaultId id = new(request.CubeId ?? name);
        await using VaultLease lease = await host.CreateAsync(id, cancellationToken);
        return TypedResults.Ok(ProductRoutes.Answer("Cube created successfully", new ProductCube { CubeId = id.Value, CubeName = name, OwnerId = owner }));
    }

    /// <summary>Makes a cube of this name unless there is one. Its name is no path: nothing is loaded.</summary>
    public static async Task<WireAnswer> RegisterAsync(WireBody body, CallerVaults host, CancellationToken cancellationToken)
    {
        string name = body.Required("mem_cube_name_or_path");
        VaultId id = new(body.Text("mem_cube_id") ?? name);
        await using VaultLease lease = await host.OpenAsync(id, create: true, cancellationToken);
        return WireAnswer.Product("Cube registered successfully", new JsonObject { ["cube_id"] = id.Value, ["cube_name_or_path"] = name });
    }

    /// <summary>Whether a cube exists.</summary>
    public static Ok<ProductAnswer<IReadOnlyDictionary<string, bool>>> Exists(ProductCubeExistsRequest request, CallerVaults host)
    {
        string id = request.MemCubeId ?? throw BodyFaultException.Missing("mem_cube_id");
        IReadOnlyDictionary<string, bool> answer = new Dictionary<string, bool> { [id] = VaultId.TryParse(id, out VaultId vault) && host.Exists(vault) };
        return TypedResults.Ok(ProductRoutes.Answer("Successfully", answer));
    }

    /// <summary>The cubes that a list names; else the one that its older name gives; else the user's own.</summary>
    /// <exception cref="BodyFaultException">None of them was given.</exception>
    public static VaultId[] Named(IReadOnlyList<string>? list, string? one, string? user) =>
        list is { Count: > 0 } ? [.. list.Distinct().Select(name => new VaultId(name))]
        : (one ?? user) is { } name ? [new VaultId(name)]
        : throw BodyFaultException.Missing("user_id");

    /// <summary>The same for alternatives: the first key wins; two different values are refused.</summary>
    /// <exception cref="BodyFaultException">The values differ.</exception>
    public static string? Session(string? session, string? conversation) => session is null || conversation is null || session == conversation
        ? session ?? conversation
        : throw new BodyFaultException("conversation_id", "session_id and conversation_id name the same thing but differ; send one of them.");

    /// <summary>Opens a cube; null when there is none.</summary>
    public static async Task<VaultLease?> FindAsync(CallerVaults host, VaultId id, CancellationToken cancellationToken)
    {
        try
        {
            return host.Exists(id) ? await host.OpenAsync(id, cancellationToken: cancellationToken) : null;
        }
        catch (MemOSException e) when (e.Code == ErrorCodes.VaultNotFound)
        {
            return null; // deleted meanwhile
        }
    }
}
