using Microsoft.AspNetCore.Mvc;

namespace MemOS.Server.Rest;

/// <summary>The native interface, resource by resource.</summary>
internal static class NativeRoutes
{
    public static void MapNative(this IEndpointRouteBuilder app)
    {
        RouteGroupBuilder api = app.MapGroup("/api/v1");
        api.WithMetadata(
            new ProducesResponseTypeMetadata(400, typeof(ProblemDetails), ["application/problem+json"]),
            new ProducesResponseTypeMetadata(401, typeof(ProblemDetails), ["application/problem+json"]));
        api.MapKeys();
        api.MapVaults();
        RouteGroupBuilder vault = api.MapGroup("/vaults/{vault}");
        vault.WithMetadata(new ProducesResponseTypeMetadata(404, typeof(ProblemDetails), ["application/problem+json"]));
        vault.MapMessages();
        vault.MapRecall();
        vault.MapCubes();
        vault.MapCubeHistory();
        vault.MapCubeOperations();
        vault.MapBranches();
        vault.MapGovernance();
        vault.MapStates();
        vault.MapSteering();
        vault.MapCartridges();
        vault.MapExport();
    }
}
