using System.Collections.Immutable;
using MemOS.Cubes;

namespace MemOS.Operator.Recall;

/// <summary>A cube that was found.</summary>
/// <param name="Cube">The version that was found, as the caller may see it.</param>
/// <param name="Score">Higher is better; comparable within one recall only.</param>
/// <param name="Relevance">From 0 to 1, comparable between recalls: 0.45 and more when question and cube share evidence.</param>
/// <param name="Breakdown">How the score came about.</param>
/// <param name="Derived">Facts, events and preferences read out of the same message that were found too and are folded into this hit.</param>
public sealed record RecallHit(MemCube Cube, double Score, double Relevance, ScoreBreakdown Breakdown, ImmutableArray<CubeId> Derived)
{
    /// <summary>What of its text is to be shown when the query allows excerpts and it is not shown whole; null when it is.</summary>
    public Excerpt? Excerpt { get; init; }

    /// <summary>The text to be shown: the excerpt or the whole; null when the cube has none.</summary>
    public string? Text => Excerpt?.Text ?? Cube.Text;
}
