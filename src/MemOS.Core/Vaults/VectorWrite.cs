namespace MemOS.Vaults;

/// <summary>A vector for a version that is in the vault already.</summary>
/// <param name="Sequence">The version.</param>
/// <param name="Vector">Its embedding.</param>
public sealed record VectorWrite(long Sequence, CubeVector Vector);
