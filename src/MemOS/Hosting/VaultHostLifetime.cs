using Microsoft.Extensions.Hosting;

namespace MemOS.Hosting;

/// <summary>Checks the options when the program starts, and closes all vaults when it has stopped taking work.</summary>
internal sealed class VaultHostLifetime(VaultHost host) : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>After every other service has stopped, servers included, so that no request loses its vault.</summary>
    public Task StoppedAsync(CancellationToken cancellationToken) => host.DisposeAsync().AsTask().WaitAsync(cancellationToken);
}
