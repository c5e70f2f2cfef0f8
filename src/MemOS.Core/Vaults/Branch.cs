using MemOS.Cubes;

namespace MemOS.Vaults;

/// <summary>A what-if line of a vault: it sees the main line as it stood at its base, and its own changes.</summary>
/// <param name="Name">Its name.</param>
/// <param name="BaseSequence">The last sequence number of the main line that it sees.</param>
/// <param name="CreatedAt">When it was opened.</param>
public sealed record Branch(BranchName Name, long BaseSequence, DateTimeOffset CreatedAt);
