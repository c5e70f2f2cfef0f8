using System.Collections.Immutable;
using MemOS.Cubes;

namespace MemOS.Governance;

/// <summary>What was forgotten.</summary>
/// <param name="Cubes">The cubes that were erased.</param>
/// <param name="Messages">How many raw messages were erased.</param>
public sealed record ForgetResult(ImmutableArray<CubeId> Cubes, int Messages);
