using System.Collections.ObjectModel;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace MemOS.Hosting;

/// <summary>Whether the vaults can be reached: the data folder can be listed.</summary>
internal sealed class VaultHealthCheck(VaultHost host) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            ReadOnlyDictionary<string, object> data = new(new Dictionary<string, object> { ["vaults"] = host.List().Count, ["open_vaults"] = host.OpenCount });
            return Task.FromResult(HealthCheckResult.Healthy("The vaults can be reached.", data));
        }
        catch (Exception e) when (e is MemOSException or IOException or UnauthorizedAccessException or ObjectDisposedException)
        {
            return Task.FromResult(new HealthCheckResult(context.Registration.FailureStatus, "The vaults cannot be reached.", e));
        }
    }
}
