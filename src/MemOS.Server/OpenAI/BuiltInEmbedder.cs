using MemOS.Models.BuiltIn;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Options;

namespace MemOS.Server.OpenAI;

/// <summary>The embedder that the vaults of this server use.</summary>
internal sealed class BuiltInEmbedder(IOptions<MemOSOptions> options)
{
    /// <summary>The embedder.</summary>
    public IEmbeddingGenerator<string, Embedding<float>> Generator { get; } = options.Value.Embedder ?? WordNetEmbedder.Shared;

    /// <summary>The name of its model on the wire.</summary>
    public string Model => (Generator.GetService(typeof(EmbeddingGeneratorMetadata)) as EmbeddingGeneratorMetadata)?.DefaultModelId ?? "memos-embedder";
}
