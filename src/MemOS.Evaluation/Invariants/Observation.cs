namespace MemOS.Evaluation.Invariants;

/// <summary>One thing that was looked at.</summary>
/// <param name="What">What must hold.</param>
/// <param name="Holds">Whether it does.</param>
public sealed record Observation(string What, bool Holds);
