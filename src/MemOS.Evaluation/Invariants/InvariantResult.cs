using System.Collections.Immutable;

namespace MemOS.Evaluation.Invariants;

/// <summary>Whether an invariant holds.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Claim">What it says.</param>
/// <param name="Observations">Everything that was looked at.</param>
public sealed record InvariantResult(string Name, string Claim, ImmutableArray<Observation> Observations)
{
    /// <summary>Whether every observation holds.</summary>
    public bool Holds => Observations.All(observation => observation.Holds);
}
