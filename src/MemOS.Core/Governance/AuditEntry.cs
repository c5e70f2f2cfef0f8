using MemOS.Cubes;

namespace MemOS.Governance;

/// <summary>One line of the audit log: who did what to which item, when. Never holds content.</summary>
/// <param name="Sequence">Its place in the log, from 1; 0 before it is committed.</param>
/// <param name="At">When. Set on commit.</param>
/// <param name="Caller">Who.</param>
/// <param name="Operation">What: see <see cref="AuditOperations"/>.</param>
/// <param name="Cube">The cube it was done to; the default value when it was done to the vault or to several.</param>
/// <param name="Version">The version that it made or saw, or 0.</param>
/// <param name="Detail">More, in words without content, or null.</param>
public sealed record AuditEntry(long Sequence, DateTimeOffset At, string Caller, string Operation, CubeId Cube, int Version, string? Detail);
