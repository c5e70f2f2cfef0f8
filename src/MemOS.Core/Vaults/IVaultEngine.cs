namespace MemOS.Vaults;

/// <summary>A storage engine: where vaults are kept.</summary>
/// <remarks>All members may be called concurrently. A vault is open at most once at a time.</remarks>
public interface IVaultEngine
{
    /// <summary>Opens a vault.</summary>
    /// <param name="id">The vault.</param>
    /// <param name="create">Whether to make it when it does not exist.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="MemOSException">
    /// <see cref="ErrorCodes.VaultNotFound"/>, <see cref="ErrorCodes.FormatTooNew"/>, <see cref="ErrorCodes.Corrupted"/>, <see cref="ErrorCodes.VaultInUse"/>,
    /// <see cref="ErrorCodes.DiskFull"/> or <see cref="ErrorCodes.StorageFailed"/>.
    /// </exception>
    Task<IVaultStore> OpenAsync(VaultId id, bool create, CancellationToken cancellationToken = default);

    /// <summary>Whether the vault exists.</summary>
    bool Exists(VaultId id);

    /// <summary>All vaults, by name.</summary>
    IReadOnlyList<VaultId> List();

    /// <summary>The vaults whose names come after one, by name; all where that is null. Cheaper than <see cref="List"/> where not all of them are taken.</summary>
    IEnumerable<VaultId> ListAfter(string? name) => List().Where(id => name is null || string.CompareOrdinal(id.Value, name) > 0);

    /// <summary>Deletes a closed vault with everything in it; false when there was none.</summary>
    bool Delete(VaultId id);
}
