using System.Collections.Immutable;

namespace MemOS.Cubes;

/// <summary>One version of a MemCube, the unit of memory (paper section 3): payload, header, and its place in the version chain.</summary>
/// <remarks>
/// Immutable, hence thread-safe. Two time axes: <see cref="Valid"/> is when the statement holds in the world, <see cref="TxFrom"/> to
/// <see cref="TxTo"/> is when the vault held this version to be the current one.
/// </remarks>
public sealed record MemCube
{
    /// <summary>The cube's lasting id.</summary>
    public required CubeId Id { get; init; }

    /// <summary>The number of this version: from 1 without gaps on the main line; a branch counts on from the version that it saw.</summary>
    public required int Version { get; init; }

    /// <summary>The branch that this version was written on.</summary>
    public BranchName Branch { get; init; }

    /// <summary>The place of this version in the vault's log, from 1; 0 before it is committed.</summary>
    public long Sequence { get; init; }

    /// <summary>Where it stands in its life cycle.</summary>
    public required CubeState State { get; init; }

    /// <summary>What it is and where it came from.</summary>
    public required DescriptiveHeader Descriptive { get; init; }

    /// <summary>Who may use it, for how long, how carefully.</summary>
    public GovernanceHeader Governance { get; init; } = GovernanceHeader.Default;

    /// <summary>The context it was made in, or null when there was none.</summary>
    public ContextualFingerprint? Fingerprint { get; init; }

    /// <summary>The content.</summary>
    public required CubePayload Payload { get; init; }

    /// <summary>When the statement holds; <see cref="TimeInterval.Always"/> when nothing is known.</summary>
    public TimeInterval Valid { get; init; } = TimeInterval.Always;

    /// <summary>When this version became current in the vault. Set on commit; strictly rising within a vault.</summary>
    public DateTimeOffset TxFrom { get; init; }

    /// <summary>When the next version replaced it; null while it is current.</summary>
    public DateTimeOffset? TxTo { get; init; }

    /// <summary>The raw messages that it came from, in order.</summary>
    public ImmutableArray<MessageSource> Sources { get; init; } = [];

    /// <summary>The cubes that it came from, in order.</summary>
    public ImmutableArray<Derivation> Lineage { get; init; } = [];

    /// <summary>The text of a plaintext cube, or null.</summary>
    public string? Text => Payload.Text;

    /// <summary>Whether this is the current version of its branch.</summary>
    public bool IsCurrent => TxTo is null;
}
