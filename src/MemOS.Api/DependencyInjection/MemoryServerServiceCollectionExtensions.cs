using MemOS.Api;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds a memory server to a service collection.</summary>
public static class MemoryServerServiceCollectionExtensions
{
    /// <summary>Adds an <see cref="IMemoryClientFactory"/> over a memory server: what takes the place of <c>AddMemOS</c> when an application moves from embedded to server.</summary>
    /// <param name="services">Where to add it.</param>
    /// <param name="server">The address of the server.</param>
    /// <param name="key">The key; null for a server that asks for none.</param>
    public static IServiceCollection AddMemOSServer(this IServiceCollection services, Uri server, string? key = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(server);
        services.TryAddSingleton<IMemoryClientFactory>(_ => new MemoryServerConnection(server, key));
        return services;
    }
}
