using Microsoft.Extensions.AI;

namespace MemOS.Models.Remote;

/// <summary>Gives failures of the endpoint our codes.</summary>
internal sealed class RemoteEmbeddingGenerator(IEmbeddingGenerator<string, Embedding<float>> inner) : DelegatingEmbeddingGenerator<string, Embedding<float>>(inner)
{
    public override async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(values);
        try
        {
            string[] texts = [.. values];
            GeneratedEmbeddings<Embedding<float>> made = await base.GenerateAsync(texts, options, cancellationToken).ConfigureAwait(false);
            return made.Count == texts.Length ? made : throw RemoteModel.NotOfTheProtocol();
        }
        catch (Exception exception) when (RemoteModel.IsRemote(exception, cancellationToken))
        {
            throw RemoteModel.Translate(exception);
        }
    }
}
