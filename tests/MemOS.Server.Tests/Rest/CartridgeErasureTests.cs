using MemOS.Cubes;
using MemOS.Server.Auth;
using MemOS.Server.Rest;
using MemOS.Testing.Vaults;
using MemOS.Transformations;
using MemOS.Vaults;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace MemOS.Server.Tests.Rest;

/// <summary>Cartridges that are ready at the very moment when they are taken back.</summary>
public sealed class CartridgeErasureTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("memos-erasure-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task One_that_becomes_ready_while_it_is_taken_back_is_erased()
    {
        WatchedEngine engine = new(_folder);
        await using VaultHost host = new(engine, new MemOSOptions { DataFolder = _folder });
        await using ServiceProvider services = new ServiceCollection().BuildServiceProvider();
        await using VaultLease lease = await host.OpenAsync(new VaultId("kitchen"), create: true);
        MemoryVault vault = lease.Vault;
        MemCube cube = await vault.AddCubeAsync(new NewCube { Payload = new PlaintextPayload("The green kettle stands beside the old stove."), Origin = OriginSignature.UserInput });
        TrainingOrder order = await vault.Training.AddAsync([cube], "{}"u8.ToArray());
        KVStateFormat format = new(new StateBinding("m", "l", "F16/F16", "h"), 1, 3) { StandsFor = 8 };
        engine.Writing = () =>
        {
            engine.Writing = null;
            return vault.States.AddAsync([cube], format, (path, cancel) => File.WriteAllBytesAsync(path, [1, 2, 3], cancel), order: order);
        };
        CallerVaults vaults = new(host);
        vaults.Admit(Grant.Admin, null);
        await CartridgeRoutes.EraseAsync("kitchen", order.Cartridge.Value, vaults, new DefaultHttpContext { RequestServices = services }, CancellationToken.None);
        Assert.Null(vault.Find(order.Cartridge));
        Assert.Null(engine.Writing);
    }
}
