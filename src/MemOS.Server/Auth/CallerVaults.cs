using MemOS.Api;
using MemOS.Governance;
using MemOS.Vaults;

namespace MemOS.Server.Auth;

/// <summary>The vaults as the caller of one request sees them: what its key does not open does not exist.</summary>
/// <remarks>Every door opens vaults through this. Until the gate has admitted the caller, it opens nothing.</remarks>
internal sealed class CallerVaults(VaultHost host)
{
    /// <summary>The header that names the vault where the address and the body do not.</summary>
    public const string Header = "X-MemOS-Vault";

    private Grant? _grant;
    private string? _named;

    /// <summary>Who acts, by the name of its key in the audit log.</summary>
    public Caller Caller => Granted.Caller;

    /// <summary>Whether the caller may administer the server.</summary>
    public bool IsAdmin => Granted.IsAdmin;

    private Grant Granted => _grant ?? throw new InvalidOperationException("The request was not admitted.");

    /// <summary>Says whom the request comes from, and which vault it names beside its body, if any. Once.</summary>
    public void Admit(Grant grant, string? named)
    {
        _grant = _grant is null ? grant : throw new InvalidOperationException("The request was admitted already.");
        _named = named;
    }

    /// <inheritdoc cref="VaultHost.OpenAsync(VaultId, bool, CancellationToken)"/>
    public Task<VaultLease> OpenAsync(VaultId id, bool create = false, CancellationToken cancellationToken = default) =>
        Granted.Opens(id) ? host.OpenAsync(id, create, cancellationToken)
        : create ? throw Refused()
        : throw NotFound(id);

    /// <inheritdoc cref="VaultHost.CreateAsync"/>
    public Task<VaultLease> CreateAsync(VaultId id, CancellationToken cancellationToken = default) =>
        Granted.Opens(id) ? host.CreateAsync(id, cancellationToken) : throw Refused();

    /// <inheritdoc cref="VaultHost.Exists"/>
    public bool Exists(VaultId id) => Granted.Opens(id) && host.Exists(id);

    /// <inheritdoc cref="VaultHost.List"/>
    public IReadOnlyList<VaultId> List() => [.. host.List().Where(Granted.Opens)];

    /// <inheritdoc cref="VaultHost.DeleteAsync"/>
    public Task<bool> DeleteAsync(VaultId id, CancellationToken cancellationToken = default) =>
        Granted.Opens(id) ? host.DeleteAsync(id, cancellationToken) : Task.FromResult(false);

    /// <summary>The memories of a vault.</summary>
    public IMemoryClient CreateClient(VaultId id, bool create = false) =>
        Granted.Opens(id) ? host.CreateClient(id, Caller, create)
        : create ? throw Refused()
        : throw NotFound(id);

    /// <summary>The vault that a request means: the one that its header names, else its body, else the one that its key names first.</summary>
    /// <exception cref="MemOSException">It names none, and the key opens several.</exception>
    public VaultId Meant(string? inBody = null) => (_named ?? inBody) is { Length: > 0 } name ? new VaultId(name)
        : Granted.Default ?? throw new MemOSException(ErrorCodes.InvalidInput, $"Name the vault in the header {Header}: this key opens more than one.");

    // Word for word what the engine says of a vault that does not exist: the two must not be told apart.
    private static MemOSException NotFound(VaultId id) => new(ErrorCodes.VaultNotFound, $"There is no vault '{id}'. Create it first.");

    // The same whether or not the vault exists.
    private static MemOSException Refused() => new(ErrorCodes.Forbidden, "The key does not open a vault of this name.");
}
