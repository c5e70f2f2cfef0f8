using MemOS.Cubes;
using MemOS.Governance;
using MemOS.Reader;
using MemOS.Scheduler;

namespace MemOS.Vaults;

/// <summary>Everything that one operation writes. An engine commits all of it or nothing.</summary>
/// <remarks>Filled by one thread, then handed to the engine, which fills in sequences, job numbers and times in the order of the lists.</remarks>
public sealed class VaultChange
{
    /// <summary>New raw messages, numbered on from <see cref="IVaultReader.LastMessageNumber"/>. The engine fills in the time of arrival.</summary>
    public List<Message> Messages { get; } = [];

    /// <summary>
    /// New versions. Each must follow the current version of its cube and branch (see <see cref="IVaultReader.Find"/>) by exactly 1, or be 1 for a new
    /// cube. A source whose message is in <see cref="Messages"/> may leave its number 0; the engine fills it in.
    /// </summary>
    public List<CubeWrite> Cubes { get; } = [];

    /// <summary>
    /// Vectors for versions that are in the vault already. One whose version is gone, or has a vector in the space, is left out.
    /// </summary>
    public List<VectorWrite> Vectors { get; } = [];

    /// <summary>The embedding space that the vault is searched in from this change on; null to leave it.</summary>
    public string? Space { get; set; }

    /// <summary>What the vault says of its own about KV states from this change on, as <see cref="IVaultReader.StatePolicy"/> gives it back; empty for nothing any more, null to leave it.</summary>
    public string? StatePolicy { get; set; }

    /// <summary>Vectors to be removed; null for none.</summary>
    public VectorRemoval? Removed { get; set; }

    /// <summary>Entries for the audit log. The engine fills in sequence and time.</summary>
    public List<AuditEntry> Audit { get; } = [];

    /// <summary>Work to be done later. The engine fills in the numbers.</summary>
    public List<VaultJob> NewJobs { get; } = [];

    /// <summary>Jobs tried and failed: written back with their new attempts, due time and failure.</summary>
    public List<VaultJob> FailedJobs { get; } = [];

    /// <summary>Numbers of the jobs that this change completes.</summary>
    public List<long> FinishedJobs { get; } = [];

    /// <summary>Uses to be counted.</summary>
    public List<UsageDelta> Usage { get; } = [];

    /// <summary>Branches to be opened. The engine fills in the base and the time.</summary>
    public List<BranchName> NewBranches { get; } = [];

    /// <summary>Branches to be closed; their versions are removed.</summary>
    public List<BranchName> ClosedBranches { get; } = [];

    /// <summary>Cubes to be erased in all versions on all branches, with vectors, usage and payload bytes no longer referenced.</summary>
    public List<CubeId> ForgottenCubes { get; } = [];

    /// <summary>Numbers of the messages to be erased.</summary>
    public List<long> ForgottenMessages { get; } = [];

    /// <summary>Whether there is nothing to write.</summary>
    public bool IsEmpty =>
        Messages.Count + Cubes.Count + Audit.Count + NewJobs.Count + FailedJobs.Count + FinishedJobs.Count + Usage.Count +
        NewBranches.Count + ClosedBranches.Count + ForgottenCubes.Count + ForgottenMessages.Count + Vectors.Count == 0 &&
        Space is null && StatePolicy is null && Removed is null;
}
