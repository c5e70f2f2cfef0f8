using MemOS.Cubes;

namespace MemOS.Activation;

/// <summary>Memories that stand together in a context: as text, or as the state that was made from that text.</summary>
/// <param name="Cubes">The cubes in order, as the caller may see them.</param>
/// <param name="State">The activation cube to mount; null for text. Whether it may be mounted is decided when it is.</param>
internal sealed record ContextPart(IReadOnlyList<MemCube> Cubes, CubeId? State)
{
    /// <summary>The text of the part, the same whether it is read or was made a state of.</summary>
    public string Text(NoteForm form) => string.Concat(Cubes.Select(cube => (form is NoteForm.TextAlone ? cube.Text : Scheduler.InjectionPlan.PromptLine(cube)) + "\n"));
}
