using System.Collections.Immutable;
using MemOS.Cubes;
using MemOS.Operator.Recall.Excerpts;

namespace MemOS.Operator.Recall;

/// <summary>What a search in the index gave.</summary>
/// <param name="Hits">Best first.</param>
/// <param name="Window">The window of time that the question named, or null.</param>
/// <param name="Tokens">The tokens of all hits' text together (characters / 4, rounded up for each hit).</param>
/// <param name="Words">The words of the question, where excerpts are to be made; otherwise null.</param>
internal sealed record RankedCubes(ImmutableArray<RankedCube> Hits, TimeInterval? Window, int Tokens, QuestionWords? Words = null);
