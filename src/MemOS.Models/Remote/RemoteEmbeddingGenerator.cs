using Microsoft.Extensions.AI;

namespace MemOS.Models.Remote;

/// <summary>Gives failures of the endpoint our codes.</summary>
internal sealed class RemoteEmbeddingGenerator(IEmbeddingGenerator<string, Embedding<float>> inner) : DelegatingEmbeddingGenerator<string, Embedding<float>>(inner)
{
    public override async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        try
        {
            return await base.GenerateAsync(values, options, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (RemoteModel.IsRemote(exception, cancellationToken))
        {
            throw RemoteModel.Translate(exception);
        }
    }
}
