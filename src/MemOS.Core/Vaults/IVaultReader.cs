using MemOS.Cubes;
using MemOS.Governance;
using MemOS.Reader;
using MemOS.Scheduler;

namespace MemOS.Vaults;

/// <summary>A consistent view of one vault: everything that was committed before it was taken, and nothing later.</summary>
/// <remarks>Used by one thread at a time and only inside the call that handed it out; sequences it returns are read as they are enumerated.</remarks>
public interface IVaultReader
{
    /// <summary>The last sequence number given to a version; 0 in an empty vault.</summary>
    long LastSequence { get; }

    /// <summary>The last number given to a message; 0 in an empty vault. A plan numbers its messages from here on.</summary>
    long LastMessageNumber { get; }

    /// <summary>The last number given to a job; 0 in an empty vault. Those that are not in the vault any more were done.</summary>
    long LastJobNumber { get; }

    /// <summary>In a write: the transaction time of the change being planned. In a read: now.</summary>
    DateTimeOffset Now { get; }

    /// <summary>
    /// The current version of a cube on a branch, or null. On a branch other than main, a cube that the branch has not touched is the main
    /// line's version as of the branch's base.
    /// </summary>
    MemCube? Find(CubeId id, BranchName branch = default);

    /// <summary>A version of a cube by number, or null. On a branch also the versions of the main line that it sees.</summary>
    MemCube? FindVersion(CubeId id, int version, BranchName branch = default);

    /// <summary>The version of the main line that was current at a transaction time, or null.</summary>
    MemCube? FindAsOf(CubeId id, DateTimeOffset asOf);

    /// <summary>All versions of a cube that were written on the branch, oldest first.</summary>
    IReadOnlyList<MemCube> History(CubeId id, BranchName branch = default);

    /// <summary>The current versions of the main line with a sequence number above the given one, in that order.</summary>
    IEnumerable<MemCube> ReadCurrent(long afterSequence = 0);

    /// <summary>The same, each with its vector in the given space, or null where it has none.</summary>
    IEnumerable<(MemCube Cube, CubeVector? Vector)> ReadCurrentWithVectors(string space, long afterSequence = 0);

    /// <summary>The current versions of the main line whose payload is of a kind that is kept outside the row, in order of sequence. As quick as there are few.</summary>
    IEnumerable<MemCube> ReadStored(PayloadKind kind);

    /// <summary>The versions of the main line that were current at a transaction time, in order of sequence.</summary>
    IEnumerable<MemCube> ReadAsOf(DateTimeOffset asOf);

    /// <summary>The versions written on a branch that are current there, in order of sequence.</summary>
    IEnumerable<MemCube> ReadBranch(BranchName branch);

    /// <summary>A version by its sequence number, or null. The quickest way from the index to a cube.</summary>
    MemCube? FindBySequence(long sequence);

    /// <summary>The vector that was written with a version, or null.</summary>
    CubeVector? FindVector(long sequence, string space);

    /// <summary>Reads the same vector into a buffer; false when there is none, or none of that length.</summary>
    bool TryReadVector(long sequence, string space, Span<float> values);

    /// <summary>The embedding space that the vault is searched in, as <see cref="VaultChange.Space"/> noted it last; null when it never did.</summary>
    string? Space { get; }

    /// <summary>What the vault says of its own about KV states, as <see cref="VaultChange.StatePolicy"/> noted it last; null when it says nothing. An engine keeps the text as it is.</summary>
    string? StatePolicy { get; }

    /// <summary>The embedding spaces that the vault holds vectors of, by name (ordinal).</summary>
    IReadOnlyList<string> ReadSpaces();

    /// <summary>How many vectors of a space the vault holds. Looks at each.</summary>
    long CountVectors(string space);

    /// <summary>
    /// The versions, current ones and former ones on all branches, that have text but no vector in a space, with a sequence number above the given one, in that order.
    /// </summary>
    IEnumerable<MemCube> ReadWithoutVector(string space, long afterSequence = 0);

    /// <summary>
    /// A number that stays the same for as long as the vault's history up to a version does: the same versions, and nothing forgotten. Null when there is no such
    /// version. What was derived from the vault notes it, to be told later from what was derived from another one.
    /// </summary>
    ulong? HistoryStamp(long sequence);

    /// <summary>Current plaintext versions of the main line whose normalised text has this hash (see <c>TextIdentity</c>).</summary>
    IReadOnlyList<MemCube> FindByText(long textHash);

    /// <summary>The current fact versions of the main line with this key, in order of valid time.</summary>
    IReadOnlyList<MemCube> FindByFactKey(string factKey);

    /// <summary>Whether a version of any cube, on any branch, holds the payload.</summary>
    bool UsesPayload(ContentHash payload);

    /// <summary>The cubes, on any branch and in any version, that name the message as a source.</summary>
    IReadOnlyList<CubeId> FindBySource(long messageNumber);

    /// <summary>The cubes, on any branch and in any version, whose lineage names the cube, with how.</summary>
    IReadOnlyList<(CubeId Cube, Derivation Derivation)> FindDerived(CubeId id);

    /// <summary>The message with an id in a conversation (null = the default stream), or null.</summary>
    Message? FindMessage(string id, string? conversation);

    /// <summary>The message with a number, or null.</summary>
    Message? FindMessage(long number);

    /// <summary>Messages with numbers from first to last, in order.</summary>
    IEnumerable<Message> ReadMessages(long first = 1, long last = long.MaxValue);

    /// <summary>Messages of a conversation, in order of number.</summary>
    IEnumerable<Message> ReadConversation(string? conversation);

    /// <summary>How a cube was used.</summary>
    CubeUsage Usage(CubeId id);

    /// <summary>How cubes were used: every cube that was, in no order.</summary>
    IEnumerable<(CubeId Cube, CubeUsage Usage)> ReadUsage();

    /// <summary>Entries of the audit log, newest first.</summary>
    IReadOnlyList<AuditEntry> ReadAudit(AuditQuery query);

    /// <summary>Jobs due now that are not dead, oldest first.</summary>
    IReadOnlyList<VaultJob> ReadDueJobs(int limit);

    /// <summary>Jobs that were given up, oldest first.</summary>
    IReadOnlyList<VaultJob> ReadDeadJobs(int limit);

    /// <summary>Jobs with a number above the given one, whether due, put off or given up, in that order.</summary>
    IReadOnlyList<VaultJob> ReadJobs(long afterNumber, int limit);

    /// <summary>Open branches, by name.</summary>
    IReadOnlyList<Branch> ReadBranches();

    /// <summary>What the vault holds.</summary>
    VaultStatistics Statistics();
}
