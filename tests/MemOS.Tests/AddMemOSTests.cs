using MemOS.Vaults;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace MemOS.Tests;

public sealed class AddMemOSTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task One_line_adds_a_host_that_closes_with_the_program()
    {
        WatchedEngine engine = new(_folder.Path);
        await using ServiceProvider services = new ServiceCollection().AddSingleton<IVaultEngine>(engine).AddMemOS().BuildServiceProvider();
        VaultHost host = services.GetRequiredService<VaultHost>();
        await using (VaultLease lease = await host.OpenAsync(new VaultId("v"), create: true))
        {
            Assert.Equal(1, engine.Open);
        }

        IHostedLifecycleService lifetime = Assert.IsAssignableFrom<IHostedLifecycleService>(Assert.Single(services.GetServices<IHostedService>()));
        await lifetime.StoppedAsync(CancellationToken.None);
        Assert.Equal(0, engine.Open);
    }

    [Fact]
    public async Task The_data_folder_comes_from_the_options()
    {
        await using ServiceProvider services = new ServiceCollection().AddMemOS(options => options.DataFolder = _folder.Path).BuildServiceProvider();
        await using VaultLease lease = await services.GetRequiredService<VaultHost>().OpenAsync(new VaultId("v"), create: true);
        Assert.NotEmpty(Directory.EnumerateFileSystemEntries(_folder.Path));
    }

    [Fact]
    public void Options_are_validated_before_anything_is_opened()
    {
        using ServiceProvider services = new ServiceCollection().AddMemOS(options => options.MaximumOpenVaults = 0).BuildServiceProvider();
        OptionsValidationException refused = Assert.Throws<OptionsValidationException>(services.GetRequiredService<VaultHost>);
        Assert.Contains("MaximumOpenVaults", refused.Message, StringComparison.Ordinal);
    }
}
