using MemOS.Operator.Recall;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace MemOS.Vaults;

/// <summary>What a <see cref="MemoryVault"/> works with.</summary>
public sealed record MemoryVaultOptions
{
    /// <summary>What makes vectors of texts. Not disposed by the vault.</summary>
    public required IEmbeddingGenerator<string, Embedding<float>> Embedder { get; init; }

    /// <summary>A language model that reads feedback; null to read it by rules. Not disposed by the vault.</summary>
    public IChatClient? Model { get; init; }

    /// <summary>
    /// What made the vectors of vaults before: asked for the vectors of questions while a vault is still searched in such a space. Without it, words alone
    /// are searched until every memory has a vector of <see cref="Embedder"/>. None by default; not disposed by the vault.
    /// </summary>
    public IReadOnlyList<IEmbeddingGenerator<string, Embedding<float>>> FormerEmbedders { get; init; } = [];

    /// <summary>
    /// Whether the memories of a vault that was written with another embedder get vectors of <see cref="Embedder"/> in the background, and lose the others. True by
    /// default; false leaves the vault in its space, for a visit with another embedder.
    /// </summary>
    public bool Reembed { get; init; } = true;

    /// <summary>A last stage of recall that puts the best hits in order, for example a <see cref="ChatReranker"/>; null for none.</summary>
    public RerankOptions? Rerank { get; init; }

    /// <summary>The weights of the ranking.</summary>
    public RecallOptions Recall { get; init; } = RecallOptions.Default;

    /// <summary>Where time comes from.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Where the vault logs. Content is never logged.</summary>
    public ILogger Logger { get; init; } = NullLogger.Instance;
}
