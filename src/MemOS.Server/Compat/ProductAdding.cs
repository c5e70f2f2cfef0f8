using MemOS.Api.Product;
using MemOS.Reader;
using MemOS.Server.Auth;
using MemOS.Server.Compat.Tasks;
using MemOS.Vaults;

namespace MemOS.Server.Compat;

/// <summary><c>POST /product/add</c>: everything is on disk and found by search before the answer, in the asynchronous mode too.</summary>
internal static class ProductAdding
{
    private static readonly TimeSpan SettleAtMost = TimeSpan.FromSeconds(10);

    public static async Task<IResult> AddAsync(
        ProductAddRequest request, CallerVaults host, TimeProvider clock, WireTasks tasks, CubeWhereabouts whereabouts, CancellationToken cancellationToken)
    {
        VaultId[] cubes = ProductCubes.Named(request.WritableCubeIds, request.MemCubeId, request.UserId);
        if (request.IsFeedback == true)
        {
            return await ProductFeedback.CarryOutAsync(WireFeedback.Read(request, clock.GetUtcNow()), cubes, host, tasks, cancellationToken);
        }

        ProductAddition addition = ProductAddition.Read(request, clock.GetUtcNow());
        host.RequireOpen(cubes);
        List<ProductAddedItem> stored = [];
        List<MessageRun> runs = [];
        foreach (VaultId cube in cubes)
        {
            AddedMessage[] added = await StoreAsync(host, cube, addition, clock, cancellationToken);
            runs.AddRange(MessageRun.Of(cube, added));
            stored.AddRange(added.SelectMany(message => message.Cubes).DistinctBy(memory => memory.Id).Select(memory => ProductItems.ToAdded(memory, cube, whereabouts)));
        }

        string task = TaskIds.Of(runs);
        if (addition.Task is { } chosen && request.UserId is { } user)
        {
            tasks.Note(host, user, chosen, task);
        }

        ProductAnswer<IReadOnlyList<ProductAddedItem>> answer = ProductRoutes.Answer<IReadOnlyList<ProductAddedItem>>("Memory added successfully", stored);
        return TypedResults.Ok(answer with { TaskId = addition.Task ?? task });
    }

    /// <summary>Stores an addition in a vault, which is made when there is none.</summary>
    public static Task<AddedMessage[]> StoreAsync(CallerVaults host, VaultId cube, ProductAddition addition, TimeProvider clock, CancellationToken cancellationToken) => host.ObserveAsync(
        "create_memory",
        cube,
        async () =>
        {
            await using VaultLease lease = await host.OpenAsync(cube, create: true, cancellationToken);
            return await StoreAsync(lease.Vault, addition, clock, host, cancellationToken);
        },
        added => added.SelectMany(message => message.Cubes));

    private static async Task<AddedMessage[]> StoreAsync(MemoryVault vault, ProductAddition addition, TimeProvider clock, CallerVaults host, CancellationToken cancellationToken)
    {
        List<AddedMessage> stored = [];
        if (addition.Messages.Length > 0)
        {
            Message[] messages = addition.MessagesFor(vault.Id, AddIds.SeedOf(vault, addition, clock.GetUtcNow()));
            stored.AddRange(await vault.AddAsync(messages, host.Caller, cancellationToken));
        }

        foreach (DocumentInput document in addition.Documents)
        {
            stored.AddRange(await vault.AddDocumentAsync(addition.For(vault.Id, document), host.Caller, cancellationToken));
        }

        if (addition.Settle)
        {
            await SettleAsync(vault, cancellationToken);
        }

        return [.. stored];
    }

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
