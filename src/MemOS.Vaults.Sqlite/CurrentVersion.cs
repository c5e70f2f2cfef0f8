namespace MemOS.Vaults.Sqlite;

/// <summary>The end of a version chain.</summary>
/// <param name="Number">Its number, or 0 when the chain is empty.</param>
/// <param name="Sequence">Its sequence, or 0.</param>
/// <param name="Sum">The checksum of its row.</param>
internal readonly record struct CurrentVersion(int Number, long Sequence, long Sum);
