using System.Collections.Immutable;
using MemOS.Cubes;

namespace MemOS.Operator.Recall;

/// <summary>What recall found, best first.</summary>
/// <param name="Hits">The cubes.</param>
/// <param name="Window">The window of time that the question named, or null.</param>
/// <param name="Tokens">The tokens of all hits' text together (characters / 4, rounded up for each hit).</param>
public sealed record RecallResult(ImmutableArray<RecallHit> Hits, TimeInterval? Window, int Tokens);
