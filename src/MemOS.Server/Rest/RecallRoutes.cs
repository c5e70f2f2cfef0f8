using MemOS.Api;
using MemOS.Server.Auth;
using MemOS.Vaults;
using Microsoft.AspNetCore.Http.HttpResults;

namespace MemOS.Server.Rest;

/// <summary>Recall: ask a vault.</summary>
internal static class RecallRoutes
{
    public static void MapRecall(this IEndpointRouteBuilder vault) => vault.MapPost("/recall", RecallAsync).WithTags("Recall");

    /// <summary>Finds memories for a question, best first, each with the messages that it came from and how its score came about.</summary>
    internal static async Task<Ok<RecallResponse>> RecallAsync(string vault, RecallRequest request, CallerVaults vaults, CancellationToken cancellationToken) =>
        TypedResults.Ok(await vaults.CreateClient(new VaultId(vault)).RecallAsync(request, cancellationToken));
}
