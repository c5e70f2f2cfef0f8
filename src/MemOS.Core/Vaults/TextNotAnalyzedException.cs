using MemOS.Cubes;

namespace MemOS.Vaults;

/// <summary>A plan met a text whose vector has to be waited for. Never leaves the vault.</summary>
internal sealed class TextNotAnalyzedException(MemCube cube) : Exception("A text has to be embedded before the write can be planned.")
{
    /// <summary>The cube with the text.</summary>
    public MemCube Cube { get; } = cube;
}
