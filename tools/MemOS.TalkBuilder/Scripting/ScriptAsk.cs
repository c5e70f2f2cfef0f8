using System.Collections.Immutable;

namespace MemOS.TalkBuilder.Scripting;

/// <summary>A question of a script.</summary>
/// <param name="Text">The question.</param>
/// <param name="Steps">The steps of the item that hold the evidence, from 1; empty for those that the item's kind implies.</param>
internal sealed record ScriptAsk(string Text, ImmutableArray<int> Steps);
