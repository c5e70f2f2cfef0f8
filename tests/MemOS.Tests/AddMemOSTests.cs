using MemOS.Api;
using MemOS.Testing.Vaults;
using MemOS.Vaults;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
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
        await services.GetRequiredService<IMemoryClientFactory>().CreateClient("v").AddAsync("Hello there.");
        Assert.NotEmpty(Directory.EnumerateFileSystemEntries(_folder.Path));
    }

    [Fact]
    public void Options_are_validated_before_anything_is_opened()
    {
        using ServiceProvider services = new ServiceCollection().AddMemOS(options => options.MaximumOpenVaults = 0).BuildServiceProvider();
        OptionsValidationException refused = Assert.Throws<OptionsValidationException>(services.GetRequiredService<VaultHost>);
        Assert.Contains("MaximumOpenVaults", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_program_with_wrong_options_does_not_start()
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddKeyedMemOS("work", options => options.DataFolder = "");
        using IHost program = builder.Build();
        OptionsValidationException refused = await Assert.ThrowsAsync<OptionsValidationException>(() => program.StartAsync());
        Assert.Contains("DataFolder", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_data_folders_live_side_by_side_under_their_keys()
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddKeyedMemOS("work", options => options.DataFolder = Path.Combine(_folder.Path, "work"));
        builder.Services.AddKeyedMemOS("home", options => options.DataFolder = Path.Combine(_folder.Path, "home"));
        using IHost program = builder.Build();
        await program.StartAsync();
        await program.Services.GetRequiredKeyedService<IMemoryClientFactory>("work").CreateClient("me").AddAsync("The deadline is in June.");
        Assert.Empty((await program.Services.GetRequiredKeyedService<IMemoryClientFactory>("home").CreateClient("me").RecallAsync("deadline")).Hits);
        Assert.Single((await program.Services.GetRequiredKeyedService<IMemoryClientFactory>("work").CreateClient("me").RecallAsync("deadline")).Hits);
        await program.StopAsync();
        Assert.Equal(0, program.Services.GetRequiredKeyedService<VaultHost>("work").OpenCount);
    }

    [Fact]
    public async Task The_health_check_tells_whether_the_vaults_can_be_reached()
    {
        ServiceCollection services = new();
        services.AddLogging().AddMemOS(options => options.DataFolder = _folder.Path).AddHealthChecks().AddMemOS();
        await using ServiceProvider provider = services.BuildServiceProvider();
        HealthReport report = await provider.GetRequiredService<HealthCheckService>().CheckHealthAsync();
        Assert.Equal(HealthStatus.Healthy, report.Entries["memos"].Status);
        Assert.Equal(0, report.Entries["memos"].Data["vaults"]);
    }
}
