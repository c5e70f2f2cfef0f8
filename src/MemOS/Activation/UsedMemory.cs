using MemOS.Cubes;

namespace MemOS.Activation;

/// <summary>A memory that stood in the context of an answer.</summary>
/// <param name="Cube">The cube.</param>
/// <param name="State">The state that it was mounted as; null where it was read as text.</param>
/// <param name="AsText">Whether its text was read.</param>
public sealed record UsedMemory(CubeId Cube, CubeId? State, bool AsText)
{
    /// <summary>The form as the wire has it: <c>text</c>, <c>state</c> or <c>both</c>.</summary>
    public string Form => State is null ? "text" : AsText ? "both" : "state";
}
