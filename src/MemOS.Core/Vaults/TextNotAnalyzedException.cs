using MemOS.Cubes;

namespace MemOS.Vaults;

/// <summary>A plan met texts whose vectors have to be waited for. Never leaves the vault.</summary>
internal sealed class TextNotAnalyzedException(IReadOnlyList<MemCube> cubes) : Exception("Texts have to be embedded before the write can be planned.")
{
    /// <summary>The cubes with the texts.</summary>
    public IReadOnlyList<MemCube> Cubes { get; } = cubes;
}
