using System.Collections.Immutable;
using MemOS.Api.Product;
using MemOS.Cubes;
using MemOS.Reader;
using MemOS.Server.Auth;
using MemOS.Vaults;
using Microsoft.AspNetCore.Http.HttpResults;

namespace MemOS.Server.Compat;

/// <summary><c>POST /product/add</c>: everything is on disk and found by search before the answer, in the asynchronous mode too.</summary>
internal static class ProductAdding
{
    private static readonly TimeSpan SettleAtMost = TimeSpan.FromSeconds(10);

    public static async Task<Ok<ProductAnswer<IReadOnlyList<ProductAddedItem>>>> AddAsync(
        ProductAddRequest request, CallerVaults host, TimeProvider clock, RecentAdds recent, CubeWhereabouts whereabouts, CancellationToken cancellationToken)
    {
        ProductAddition addition = ProductAddition.Read(request, clock.GetUtcNow());
        List<ProductAddedItem> stored = [];
        foreach (VaultId cube in ProductCubes.Named(request.WritableCubeIds, request.MemCubeId, request.UserId))
        {
            await using VaultLease lease = await host.OpenAsync(cube, create: true, cancellationToken);
            IEnumerable<MemCube> added = await StoreAsync(lease.Vault, addition, recent, cancellationToken);
            stored.AddRange(added.Select(memory => ProductItems.ToAdded(memory, cube, whereabouts)));
        }

        return TypedResults.Ok(ProductRoutes.Answer<IReadOnlyList<ProductAddedItem>>("Memory added successfully", stored));
    }

    private static async Task<IEnumerable<MemCube>> StoreAsync(MemoryVault vault, ProductAddition addition, RecentAdds recent, CancellationToken cancellationToken)
    {
        List<MemCube> cubes = [];
        if (addition.Messages.Length > 0)
        {
            Message[] messages = addition.MessagesFor(vault.Id, recent.SeedOf(vault.Id, addition.Content));
            cubes.AddRange(Cubes(await vault.AddAsync(messages, cancellationToken: cancellationToken)));
        }

        foreach (DocumentInput document in addition.Documents)
        {
            cubes.AddRange(Cubes(await vault.AddDocumentAsync(addition.For(vault.Id, document), cancellationToken: cancellationToken)));
        }

        if (addition.Settle)
        {
            await SettleAsync(vault, cancellationToken);
        }

        return cubes.DistinctBy(cube => cube.Id);
    }

    private static IEnumerable<MemCube> Cubes(ImmutableArray<AddedMessage> added) => added.SelectMany(message => message.Cubes);

    // The caller asked to wait for the finer reading. Under a constant stream of adds it never ends; what was added is safe and found either way.
    private static async Task SettleAsync(MemoryVault vault, CancellationToken cancellationToken)
    {
        using CancellationTokenSource enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        enough.CancelAfter(SettleAtMost);
        try
        {
            await vault.SettleAsync(enough.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
        }
    }
}
