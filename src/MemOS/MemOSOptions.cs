using MemOS.Operator.Recall;
using Microsoft.Extensions.AI;

namespace MemOS;

/// <summary>Where memories are kept and how much of them is held open.</summary>
public sealed class MemOSOptions
{
    /// <summary>The folder of the vaults; made when it does not exist. <c>memos-data</c> in the current folder by default.</summary>
    public string DataFolder { get; set; } = "memos-data";

    /// <summary>What makes vectors of texts; null for the built-in embedder, which needs no download and no network. Not disposed by MemOS.</summary>
    public IEmbeddingGenerator<string, Embedding<float>>? Embedder { get; set; }

    /// <summary>A language model that reads feedback given in plain words; null to read it by rules. Not disposed by MemOS.</summary>
    public IChatClient? Model { get; set; }

    /// <summary>
    /// Embedders used before <see cref="Embedder"/>: while the memories of a vault get vectors of the new one, questions are still embedded by the one that made the
    /// old ones. The built-in embedder need not be named. Without the right one, such a vault is searched by words alone until its memories are through.
    /// </summary>
    public IList<IEmbeddingGenerator<string, Embedding<float>>> FormerEmbedders { get; } = [];

    /// <summary>A last stage of recall that puts the best hits in order, for example a <see cref="ChatReranker"/> over a language model; null for none.</summary>
    public RerankOptions? Rerank { get; set; }

    /// <summary>How many vaults stay open when nobody uses them, 1 to 100,000; 256 by default. Vaults in use are never closed, even above this number.</summary>
    public int MaximumOpenVaults { get; set; } = 256;

    /// <summary>
    /// How many bytes the indexes of open vaults may take, as estimated from the number of their versions, before unused ones are closed; at least 1 MiB,
    /// 1 GiB by default.
    /// </summary>
    public long IndexMemoryBudget { get; set; } = 1L << 30;

    /// <summary>How long deleting a vault, and closing the host, waits for those who still use it; 0 to 10 minutes, 30 seconds by default.</summary>
    public TimeSpan ReleaseTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Says what is wrong with the options; null when nothing is.</summary>
    internal string? WhyInvalid() => this switch
    {
        { DataFolder: not { Length: > 0 } } => $"{nameof(DataFolder)} must name a folder.",
        { MaximumOpenVaults: < 1 or > 100_000 } => $"{nameof(MaximumOpenVaults)} is {MaximumOpenVaults}; it must lie between 1 and 100,000.",
        { IndexMemoryBudget: < 1 << 20 } => $"{nameof(IndexMemoryBudget)} is {IndexMemoryBudget} bytes; give at least 1 MiB.",
        _ when ReleaseTimeout < TimeSpan.Zero || ReleaseTimeout > TimeSpan.FromMinutes(10) => $"{nameof(ReleaseTimeout)} must lie between 0 and 10 minutes.",
        _ => null,
    };
}
