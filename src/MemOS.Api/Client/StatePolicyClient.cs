namespace MemOS.Api;

/// <summary>The policy by which a server keeps the KV states of one vault. In process it is the vault's own: <c>MemoryVault.States</c>.</summary>
/// <remarks>All members may be called concurrently. The vault is made when it is first used. Errors are <see cref="MemOSException"/>s with a code of <see cref="ErrorCodes"/>.</remarks>
public sealed class StatePolicyClient
{
    private static readonly ApiJsonContext Json = ApiJsonContext.Default;
    private readonly VaultRequests _requests;

    internal StatePolicyClient(VaultRequests requests) => _requests = requests;

    /// <summary>Says what is in force, and what of it is the vault's own.</summary>
    public Task<StatePolicyRecord> GetAsync(CancellationToken cancellationToken = default) => _requests.SendAsync(HttpMethod.Get, "/states/policy", null, Json.StatePolicyRecord, cancellationToken);

    /// <summary>Replaces what the vault says of its own. It holds for what is decided, loaded and answered from then on.</summary>
    /// <param name="own">The values that differ from the operator's; those left null are his.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>What is in force from then on.</returns>
    /// <exception cref="MemOSException">
    /// <see cref="ErrorCodes.InvalidInput"/> where a value is out of its range, does not go together with the operator's, or is above the operator's budget;
    /// <see cref="ErrorCodes.Forbidden"/> where the key does not own the vault.
    /// </exception>
    public Task<StatePolicyRecord> SetAsync(OwnPolicyRecord own, CancellationToken cancellationToken = default) =>
        _requests.SendAsync(HttpMethod.Put, "/states/policy", VaultRequests.Body(own, Json.OwnPolicyRecord), Json.StatePolicyRecord, cancellationToken);

    /// <summary>Takes back what the vault says of its own.</summary>
    /// <returns>What is in force from then on: the operator's.</returns>
    /// <exception cref="MemOSException"><see cref="ErrorCodes.Forbidden"/> where the key does not own the vault.</exception>
    public Task<StatePolicyRecord> ResetAsync(CancellationToken cancellationToken = default) => _requests.SendAsync(HttpMethod.Delete, "/states/policy", null, Json.StatePolicyRecord, cancellationToken);
}
