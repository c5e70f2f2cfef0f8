namespace MemOS.Models.Llama.Contexts;

/// <summary>A stretch of a context, computed in one run or restored from a file.</summary>
/// <param name="Tokens">Its tokens, without the head that its state has in front.</param>
/// <param name="State">The file with the state of head and tokens; null to compute them.</param>
/// <param name="Loaded">A sequence that holds the same, to be shared where the block is the first; it must stay until the context is built.</param>
internal sealed record ContextBlock(ReadOnlyMemory<int> Tokens, string? State, int? Loaded = null)
{
    /// <summary>Runs of tokens of a restored block that are computed anew where it follows others, in order and apart from each other.</summary>
    public IReadOnlyList<(int From, int Count)> Anew { get; init; } = [];

    /// <summary>The same block with a share of its tokens computed anew, 0 to 1: from its beginning, which what stands before it changes most.</summary>
    public ContextBlock Recomputing(double share) => (int)Math.Ceiling(share * Tokens.Length) is > 0 and int count ? this with { Anew = [(0, count)] } : this;
}
