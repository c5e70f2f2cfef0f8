using MemOS.Api;
using MemOS.Cubes;
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
    public IReadOnlyList<VaultId> List() => [.. ListAfter(null)];

    /// <summary>Those of them whose names come after one, by name; all where that is null.</summary>
    public IEnumerable<VaultId> ListAfter(string? name) => host.ListAfter(name).Where(Granted.Opens);

    /// <summary>The vaults that are open now.</summary>
    public IReadOnlyList<VaultId> ListOpen() => [.. host.ListOpen().Where(Granted.Opens)];

    /// <summary>Refuses, before anything is done, vaults to write to that the key does not open.</summary>
    /// <returns>The vaults.</returns>
    /// <exception cref="MemOSException"><see cref="ErrorCodes.Forbidden"/>.</exception>
    public IReadOnlyList<VaultId> RequireOpen(IReadOnlyList<VaultId> vaults) => vaults.All(Granted.Opens) ? vaults : throw Refused();

    /// <summary>A name for a new vault that the caller's key opens.</summary>
    /// <param name="name">Its end.</param>
    /// <exception cref="MemOSException"><see cref="ErrorCodes.Forbidden"/> when the key opens fixed names only.</exception>
    public VaultId NameFor(string name) => new((Granted.Prefix ?? throw new MemOSException(
        ErrorCodes.Forbidden, "The key opens vaults of fixed names only, so nothing new can be made with it. Use a key with a name that ends in *.")) + name);

    /// <inheritdoc cref="VaultHost.DeleteAsync"/>
    public Task<bool> DeleteAsync(VaultId id, CancellationToken cancellationToken = default) =>
        Granted.Opens(id) ? host.DeleteAsync(id, cancellationToken) : Task.FromResult(false);

    /// <summary>Runs an operation on a vault under an activity, and measures it, as the clients of a vault do.</summary>
    /// <param name="operation">Its name, as OpenTelemetry has it.</param>
    /// <param name="id">The vault.</param>
    /// <param name="run">The operation.</param>
    /// <param name="records">The memories that it found or changed.</param>
    public Task<T> ObserveAsync<T>(string operation, VaultId id, Func<Task<T>> run, Func<T, IEnumerable<MemCube>> records) =>
        host.Instruments.ObserveAsync(operation, id.Value, run, (activity, result) =>
        {
            MemCube[] told = [.. records(result)];
            activity.SetTag("gen_ai.memory.record.count", told.Length);
            if (host.Instruments.CapturesContent)
            {
                activity.SetTag("gen_ai.memory.records", told.Select(cube => cube.Text ?? "").ToArray());
            }
        });

    /// <summary>Changes a vault, observed.</summary>
    /// <param name="operation">Its name, as OpenTelemetry has it.</param>
    /// <param name="id">The vault.</param>
    /// <param name="change">The change.</param>
    /// <param name="records">The memories that it made or changed.</param>
    /// <param name="cancellationToken">Gives up opening the vault.</param>
    public Task<T> ChangeAsync<T>(string operation, VaultId id, Func<MemoryVault, Task<T>> change, Func<T, IEnumerable<MemCube>> records, CancellationToken cancellationToken) =>
        ObserveAsync(
            operation,
            id,
            async () =>
            {
                await using VaultLease lease = await OpenAsync(id, cancellationToken: cancellationToken);
                return await change(lease.Vault);
            },
            records);

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
