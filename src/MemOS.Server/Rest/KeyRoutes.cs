using MemOS.Api;
using MemOS.Server.Auth;
using Microsoft.AspNetCore.Http.HttpResults;

namespace MemOS.Server.Rest;

/// <summary>API keys: make, list, revoke. For the admin key only.</summary>
internal static class KeyRoutes
{
    public static void MapKeys(this IEndpointRouteBuilder api)
    {
        RouteGroupBuilder group = api.MapGroup("/keys").WithTags("Keys");
        group.AddEndpointFilter((context, next) => context.HttpContext.RequestServices.GetRequiredService<CallerVaults>().IsAdmin
            ? next(context)
            : throw new MemOSException(ErrorCodes.Forbidden, "Only the admin key administers keys."));
        group.MapGet("/", List).ProducesProblem(403);
        group.MapPost("/", Create).ProducesProblem(403);
        group.MapDelete("/{key:guid}", Revoke).ProducesProblem(403).ProducesProblem(404);
    }

    /// <summary>Lists the API keys, oldest first. The keys themselves are not kept.</summary>
    internal static Ok<KeyList> List(ApiKeys keys) => TypedResults.Ok(new KeyList { Items = [.. keys.List().Select(key => ToRecord(key))] });

    /// <summary>Makes an API key for some vaults. The answer is the only place where the key itself is shown.</summary>
    internal static Created<KeyRecord> Create(CreateKeyRequest request, ApiKeys keys)
    {
        (ApiKey key, string secret) = keys.Create(request.Name, RequestValues.Texts(request.Vaults, "vaults"));
        return TypedResults.Created($"/api/v1/keys/{key.Id}", ToRecord(key) with { Key = secret });
    }

    /// <summary>Revokes an API key. The next request with it is refused.</summary>
    internal static NoContent Revoke(Guid key, ApiKeys keys) =>
        keys.Revoke(key) ? TypedResults.NoContent() : throw new MemOSException(ErrorCodes.KeyNotFound, $"There is no API key {key}.");

    private static KeyRecord ToRecord(ApiKey key) => new() { Id = key.Id, Name = key.Name, Vaults = key.Vaults, CreatedAt = key.CreatedAt };
}
