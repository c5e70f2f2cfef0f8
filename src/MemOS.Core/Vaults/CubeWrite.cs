using MemOS.Cubes;
using MemOS.Operator.Recall;

namespace MemOS.Vaults;

/// <summary>A new version of a cube on its way to the vault.</summary>
/// <param name="cube">The version; sequence and transaction time are filled in by the engine.</param>
/// <param name="vector">Its embedding, or null when it has none.</param>
/// <param name="document">Its analysed form for the index, or null to have it analysed when it is committed.</param>
/// <param name="textHash">The <see cref="TextIdentity.Hash"/> of its text where that is known already; null to have it computed.</param>
public sealed class CubeWrite(MemCube cube, CubeVector? vector = null, IndexDocument? document = null, long? textHash = null)
{
    /// <summary>The version. After the commit it carries its sequence number and transaction time.</summary>
    public MemCube Cube { get; set; } = cube;

    /// <summary>Its embedding, or null.</summary>
    public CubeVector? Vector { get; } = vector;

    /// <summary>Its analysed form, or null.</summary>
    public IndexDocument? Document { get; } = document;

    /// <summary>The hash of its text, or null.</summary>
    public long? TextHash { get; } = textHash;
}
