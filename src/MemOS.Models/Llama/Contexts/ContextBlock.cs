namespace MemOS.Models.Llama.Contexts;

/// <summary>A stretch of a context, computed in one run or restored from a file.</summary>
/// <param name="Tokens">Its tokens, without the head that its state has in front.</param>
/// <param name="State">The file with the state of head and tokens; null to compute them.</param>
/// <param name="Loaded">A sequence that holds the same, to be shared where the block is the first; it must stay until the context is built.</param>
/// <param name="Recompute">The share of the tokens of a restored block that is computed anew where it follows others, 0 to 1: from its beginning, which they change most.</param>
internal sealed record ContextBlock(ReadOnlyMemory<int> Tokens, string? State, int? Loaded = null, double Recompute = 0);
