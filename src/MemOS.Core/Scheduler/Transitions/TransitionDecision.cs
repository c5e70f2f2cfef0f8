using MemOS.Cubes;

namespace MemOS.Scheduler.Transitions;

/// <summary>One decision of the scheduler, with what it rests on.</summary>
/// <param name="Kind">What is to be done.</param>
/// <param name="Cube">The cube with the text.</param>
/// <param name="State">The state that is given up; null for one that is to be made.</param>
/// <param name="Reason">Why, with the figures that decided; holds no content.</param>
public sealed record TransitionDecision(TransitionKind Kind, CubeId Cube, CubeId? State, string Reason);
