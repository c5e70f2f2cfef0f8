using MemOS.Api;
using MemOS.Operator.Recall;
using MemOS.Vaults;
using Microsoft.AspNetCore.Http.HttpResults;

namespace MemOS.Server.Rest;

/// <summary>Recall: ask a vault.</summary>
internal static class RecallRoutes
{
    public static void MapRecall(this IEndpointRouteBuilder vault) => vault.MapPost("/recall", RecallAsync).WithTags("Recall");

    /// <summary>Finds memories for a question, best first, each with the messages that it came from and how its score came about.</summary>
    internal static async Task<Ok<RecallResponse>> RecallAsync(string vault, RecallRequest request, VaultHost host, CancellationToken cancellationToken)
    {
        RecallQuery query = request.ToQuery();
        await using VaultLease lease = await host.OpenAsync(new VaultId(vault), cancellationToken: cancellationToken);
        return TypedResults.Ok((await lease.Vault.RecallAsync(query, cancellationToken)).ToRecord());
    }
}
