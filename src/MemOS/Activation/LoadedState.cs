using MemOS.Cubes;
using MemOS.Models.Llama;
using MemOS.Transformations;
using MemOS.Vaults;

namespace MemOS.Activation;

/// <summary>A state in the model's memory, ready to be shared by contexts that begin with it. Guarded by its owner's lock.</summary>
/// <param name="vault">Whose it is; open, since the states of one that closes leave.</param>
/// <param name="state">The activation cube.</param>
/// <param name="binding">What the model's states are bound to.</param>
/// <param name="hash">The address of its bytes: by it a context finds it, so that it is the very same.</param>
/// <param name="sequence">The sequence that holds it.</param>
/// <param name="bytes">What it takes.</param>
/// <param name="tokens">Its tokens.</param>
internal sealed class LoadedState(MemoryVault vault, CubeId state, StateBinding binding, ContentHash hash, SequenceLease sequence, long bytes, int tokens)
{
    public VaultId Vault => vault.Id;

    public CubeId State => state;

    /// <summary>Whether there is still somebody who may mount it.</summary>
    public bool IsMountable => vault.States.Check(state, binding).IsMountable;

    /// <summary>When the time of its text is over, as things are; null for never.</summary>
    public DateTimeOffset? Ends => vault.States.Check(state, binding) is { IsMountable: true } check ? check.Sources.Append(check.State).Min(cube => cube.Governance.Lifespan.ExpiresAt) : null;

    public ContentHash Hash => hash;

    public SequenceLease Sequence => sequence;

    public long Bytes => bytes;

    public int Tokens => tokens;

    /// <summary>When it was last wanted.</summary>
    public DateTimeOffset UsedAt { get; set; }

    /// <summary>Whether a context began with it.</summary>
    public bool WasUsed { get; set; }

    /// <summary>Contexts that are being begun with it now; it stays until they are.</summary>
    public int Pins { get; set; }

    /// <summary>Whether it has left the table and goes with its last pin.</summary>
    public bool HasLeft { get; set; }
}
