using System.Collections.Immutable;
using System.Text;
using MemOS.Cubes;
using MemOS.Models.BuiltIn;
using MemOS.Operator.Recall;
using MemOS.Reader;
using MemOS.Vaults;

namespace MemOS.Evaluation.Invariants;

/// <summary>An empty vault in a folder of its own, with a clock that the invariant moves, and a list of what it saw.</summary>
internal sealed class InvariantStage(string folder, VaultId id, Func<string, TimeProvider, IVaultEngine> engine, SteppedClock clock) : IAsyncDisposable
{
    private readonly ImmutableArray<Observation>.Builder _observations = ImmutableArray.CreateBuilder<Observation>();
    private MemoryVault? _vault;

    public SteppedClock Clock { get; } = clock;

    public MemoryVault Vault => _vault ?? throw new InvalidOperationException("The stage is not open.");

    public ImmutableArray<Observation> Observations => _observations.ToImmutable();

    /// <summary>Notes what must hold, and whether it does.</summary>
    public void See(string what, bool holds) => _observations.Add(new Observation(what, holds));

    /// <summary>Opens the vault, or closes it and opens it again.</summary>
    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        await DisposeAsync().ConfigureAwait(false);
        IVaultStore store = await engine(folder, Clock).OpenAsync(id, create: true, cancellationToken).ConfigureAwait(false);
        _vault = await MemoryVault.OpenAsync(store, new MemoryVaultOptions { Embedder = WordNetEmbedder.Shared, Clock = Clock }, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Ann says something; facts are read out of it before this returns.</summary>
    public async Task<MemCube> SayAsync(string text, string messageId, CancellationToken cancellationToken)
    {
        Message message = new() { Id = messageId, Conversation = "talk", Speaker = "Ann", Text = text, Time = Clock.GetUtcNow() };
        ImmutableArray<AddedMessage> added = await Vault.AddAsync([message], cancellationToken: cancellationToken).ConfigureAwait(false);
        await Vault.SettleAsync(cancellationToken).ConfigureAwait(false);
        return added[0].Cubes[0];
    }

    public Task<MemCube> NoteAsync(string text, GovernanceHeader? governance, CancellationToken cancellationToken) => Vault.AddCubeAsync(
        new NewCube { Payload = new PlaintextPayload(text), Origin = OriginSignature.UserInput, Governance = governance ?? GovernanceHeader.Default }, null, cancellationToken);

    public async Task<ImmutableArray<RecallHit>> RecallAsync(RecallQuery query, CancellationToken cancellationToken) =>
        (await Vault.RecallAsync(query, cancellationToken).ConfigureAwait(false)).Hits;

    /// <summary>Whether a file of the stage holds a text, in UTF-8 or UTF-16. Locks, which are empty and held by the open vault, are left out.</summary>
    public bool FilesHold(string text) =>
        Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Where(file => !file.EndsWith(".lock", StringComparison.Ordinal)).Any(file => Holds(file, Encoding.UTF8.GetBytes(text)) || Holds(file, Encoding.Unicode.GetBytes(text)));

    public async ValueTask DisposeAsync()
    {
        if (_vault is not null)
        {
            await _vault.DisposeAsync().ConfigureAwait(false);
            _vault = null;
        }
    }

    private static bool Holds(string file, byte[] wanted)
    {
        using FileStream stream = new(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        byte[] bytes = new byte[stream.Length];
        int read = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        return bytes.AsSpan(0, read).IndexOf(wanted) >= 0;
    }
}
