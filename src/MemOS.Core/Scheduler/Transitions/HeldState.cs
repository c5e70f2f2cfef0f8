using MemOS.Cubes;

namespace MemOS.Scheduler.Transitions;

/// <summary>A KV state as the rules see it.</summary>
/// <param name="Id">The activation cube.</param>
/// <param name="Bytes">What it takes on disk.</param>
/// <param name="MadeAt">When it was made.</param>
/// <param name="IsMountable">Whether its sources are still what they were, in force, and the model the same.</param>
public sealed record HeldState(CubeId Id, long Bytes, DateTimeOffset MadeAt, bool IsMountable)
{
    /// <summary>Whether it was trained, at somebody's wish and for minutes: it does not leave for being cold, only where its text changed or the disk's budget is exceeded.</summary>
    public bool IsTrained { get; init; }

    /// <summary>Whether all that is in the way of mounting it is that it was made for another model, or another way to use this one.</summary>
    public bool IsOfAnotherModel { get; init; }
}
