using System.Collections.Immutable;
using MemOS.Cubes;

namespace MemOS.Operator.Recall;

/// <summary>A cube that the index found.</summary>
/// <param name="Id">The cube.</param>
/// <param name="Sequence">The sequence number of the version that was found.</param>
/// <param name="Score">Higher is better; comparable within one search only.</param>
/// <param name="Relevance">From 0 to 1, comparable between searches: 0.45 and more when question and cube share evidence.</param>
/// <param name="Breakdown">How the score came about.</param>
/// <param name="Derived">What was read out of the same message, was found too, and is folded into this hit; by sequence.</param>
internal readonly record struct RankedCube(
    CubeId Id, long Sequence, double Score, double Relevance, ScoreBreakdown Breakdown, ImmutableArray<CubeId> Derived);
