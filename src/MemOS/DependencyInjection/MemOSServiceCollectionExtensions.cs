using MemOS;
using MemOS.Hosting;
using MemOS.Vaults;
using MemOS.Vaults.Sqlite;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds MemOS to a service collection.</summary>
public static class MemOSServiceCollectionExtensions
{
    /// <summary>Adds a <see cref="VaultHost"/> over the embedded engine, closed when the host stops. Options are validated when the program starts.</summary>
    /// <param name="services">Where to add it. An <see cref="IVaultEngine"/> or <see cref="TimeProvider"/> that is there already is used.</param>
    /// <param name="configure">Sets the options; null for the defaults.</param>
    public static IServiceCollection AddMemOS(this IServiceCollection services, Action<MemOSOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        OptionsBuilder<MemOSOptions> options = services.AddOptions<MemOSOptions>();
        if (configure is not null)
        {
            options.Configure(configure);
        }

        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<MemOSOptions>, MemOSOptionsValidator>());
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IVaultEngine>(provider => new SqliteVaultEngine(
            provider.GetRequiredService<IOptions<MemOSOptions>>().Value.DataFolder, null, provider.GetRequiredService<TimeProvider>(), provider.GetService<ILoggerFactory>()));
        services.TryAddSingleton(provider => new VaultHost(
            provider.GetRequiredService<IVaultEngine>(),
            provider.GetRequiredService<IOptions<MemOSOptions>>().Value,
            provider.GetRequiredService<TimeProvider>(),
            provider.GetService<ILoggerFactory>()));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, VaultHostLifetime>());
        return services;
    }
}
