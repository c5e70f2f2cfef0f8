using MemOS.Models.BuiltIn;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Options;

namespace MemOS.Server.OpenAI;

/// <summary>The embedder that the vaults of this server use.</summary>
internal sealed class BuiltInEmbedder(IOptions<MemOSOptions> options)
{
    private const string Alias = "memos-embedder";

    /// <summary>The embedder.</summary>
    public IEmbeddingGenerator<string, Embedding<float>> Generator { get; } = options.Value.Embedder ?? WordNetEmbedder.Shared;

    /// <summary>The name of its model on the wire, which changes with the model's vectors.</summary>
    public string Model => (Generator.GetService(typeof(EmbeddingGeneratorMetadata)) as EmbeddingGeneratorMetadata)?.DefaultModelId ?? Alias;

    /// <summary>Whether a request names it: by its own name, or by the one that stays the same.</summary>
    public bool Is(string? model) => model == Alias || model == Model;
}
