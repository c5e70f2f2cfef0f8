namespace MemOS.Vaults.Sqlite;

/// <summary>The end of a version chain.</summary>
/// <param name="Number">Its number, or 0 when the chain is empty.</param>
/// <param name="Sequence">Its sequence; 0 when it is written by the same change, <see cref="NotEnded"/> when it stays as it is.</param>
/// <param name="Sum">The checksum of its row.</param>
internal readonly record struct CurrentVersion(int Number, long Sequence, long Sum)
{
    /// <summary>The version is the main line's and the next one is on a branch, which ends nothing.</summary>
    public const long NotEnded = -1;
}
