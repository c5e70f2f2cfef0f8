using MemOS.Cubes;
using MemOS.Operator.Recall;

namespace MemOS.Scheduler;

/// <summary>One part of an injection plan.</summary>
/// <param name="Cube">The cube, as the caller may see it. Its own access rules stay with it.</param>
/// <param name="Kind">The form in which it is injected: text into the prompt, a KV state mounted, an adapter applied.</param>
/// <param name="State">The state to mount in place of the cube's text, which parts next to each other may share; null where the cube itself is what is injected.</param>
/// <param name="WithText">Whether its text goes into the prompt beside the state: for figures, of which a state that follows another, or was trained, is not sure.</param>
public sealed record InjectionPart(MemCube Cube, PayloadKind Kind, CubeId? State = null, bool WithText = false)
{
    /// <summary>Whether its text goes into the prompt.</summary>
    public bool IsText => Kind is PayloadKind.Plaintext || WithText;

    /// <summary>What of the cube's text is injected; null for all of it.</summary>
    public Excerpt? Excerpt { get; init; }
}
