using System.Collections.Immutable;

namespace MemOS.Evaluation.LoCoMo;

/// <summary>A question of a LoCoMo conversation that can be scored.</summary>
/// <param name="Index">Its place in the file's list of questions, from 0.</param>
/// <param name="Text">The question.</param>
/// <param name="Category">1 multi-hop, 2 temporal, 3 open-domain, 4 single-hop.</param>
/// <param name="Gold">The ids of the turns that hold the evidence; at least one.</param>
public sealed record LoCoMoQuestion(int Index, string Text, int Category, ImmutableHashSet<string> Gold);
