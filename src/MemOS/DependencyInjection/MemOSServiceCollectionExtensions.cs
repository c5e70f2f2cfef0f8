using System.Diagnostics.Metrics;
using MemOS;
using MemOS.Api;
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
    /// <summary>
    /// Adds a <see cref="VaultHost"/> over the embedded engine, also as <see cref="IMemoryClientFactory"/>, closed when the host stops. Options are validated when
    /// the program starts. Without a host, resolve it and dispose the service provider.
    /// </summary>
    /// <param name="services">Where to add it. An <see cref="IVaultEngine"/> or <see cref="TimeProvider"/> that is there already is used.</param>
    /// <param name="configure">Sets the options; null for the defaults.</param>
    public static IServiceCollection AddMemOS(this IServiceCollection services, Action<MemOSOptions>? configure = null)
    {
        AddOptions(services, Options.Options.DefaultName, configure);
        services.TryAddSingleton<IVaultEngine>(provider => Engine(provider, Options.Options.DefaultName));
        services.TryAddSingleton(provider => Host(provider, Options.Options.DefaultName, provider.GetRequiredService<IVaultEngine>()));
        services.TryAddSingleton<IMemoryClientFactory>(provider => provider.GetRequiredService<VaultHost>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, VaultHostLifetime>());
        return services;
    }

    /// <summary>Adds one of several data folders: <see cref="VaultHost"/> and <see cref="IMemoryClientFactory"/> are keyed services under its name.</summary>
    /// <param name="services">Where to add it.</param>
    /// <param name="name">The key of the services and the name of the options.</param>
    /// <param name="configure">Sets the options: at least the data folder, which no other may have.</param>
    public static IServiceCollection AddKeyedMemOS(this IServiceCollection services, string name, Action<MemOSOptions> configure)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(configure);
        AddOptions(services, name, configure);
        services.TryAddKeyedSingleton<IVaultEngine>(name, (provider, _) => Engine(provider, name));
        services.TryAddKeyedSingleton(name, (provider, _) => Host(provider, name, provider.GetRequiredKeyedService<IVaultEngine>(name)));
        services.TryAddKeyedSingleton<IMemoryClientFactory>(name, (provider, _) => provider.GetRequiredKeyedService<VaultHost>(name));
        services.AddSingleton<IHostedService>(provider => new VaultHostLifetime(provider.GetRequiredKeyedService<VaultHost>(name)));
        return services;
    }

    /// <summary>Adds a health check of the vaults.</summary>
    /// <param name="builder">Where to add it.</param>
    /// <param name="name">The key given to <see cref="AddKeyedMemOS"/>; null for <see cref="AddMemOS(IServiceCollection, Action{MemOSOptions})"/>.</param>
    public static IHealthChecksBuilder AddMemOS(this IHealthChecksBuilder builder, string? name = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Add(new Diagnostics.HealthChecks.HealthCheckRegistration(
            name is null ? "memos" : $"memos-{name}",
            provider => new VaultHealthCheck(name is null ? provider.GetRequiredService<VaultHost>() : provider.GetRequiredKeyedService<VaultHost>(name)),
            null,
            null));
    }

    private static void AddOptions(IServiceCollection services, string name, Action<MemOSOptions>? configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        OptionsBuilder<MemOSOptions> options = services.AddOptions<MemOSOptions>(name).ValidateOnStart();
        if (configure is not null)
        {
            options.Configure(configure);
        }

        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<MemOSOptions>, MemOSOptionsValidator>());
        services.TryAddSingleton(TimeProvider.System);
    }

    private static SqliteVaultEngine Engine(IServiceProvider provider, string name) => new SqliteVaultEngine(
        provider.GetRequiredService<IOptionsMonitor<MemOSOptions>>().Get(name).DataFolder, null, provider.GetRequiredService<TimeProvider>(), provider.GetService<ILoggerFactory>());

    private static VaultHost Host(IServiceProvider provider, string name, IVaultEngine engine) => new(
        engine,
        provider.GetRequiredService<IOptionsMonitor<MemOSOptions>>().Get(name),
        provider.GetRequiredService<TimeProvider>(),
        provider.GetService<ILoggerFactory>(),
        provider.GetService<IMeterFactory>());
}
