using System.Numerics.Tensors;
using MemOS.Text;
using Microsoft.Extensions.AI;

namespace MemOS.Models.BuiltIn;

/// <summary>
/// The embedder that needs no download, key or network: the weighted sum of word vectors that were made from the WordNet 3.0 database (its lemmas, glosses,
/// examples and relations; positive pointwise mutual information and a truncated singular value decomposition, Levy and Goldberg 2014) and ship in this assembly.
/// Names and other words that WordNet does not hold point where their characters say, so that the same name lies near itself.
/// </summary>
/// <remarks>
/// Deterministic on every platform; safe for use from several threads; nothing is allocated per text. A text without words gives the zero vector, any other one a
/// vector of unit length. Rare words weigh more than common ones (smooth inverse frequency, Arora et al. 2017). English; in other languages it compares spellings.
/// </remarks>
public sealed class WordNetEmbedder : IEmbeddingGenerator<string, Embedding<float>>, ITextEmbedder
{
    private readonly WordVectors _words;
    private readonly EmbeddingGeneratorMetadata _metadata;

    /// <summary>Makes an embedder of a table.</summary>
    internal WordNetEmbedder(WordVectors words)
    {
        _words = words;
        Space = words.Space;
        _metadata = new EmbeddingGeneratorMetadata("memos", defaultModelId: Space[..Space.IndexOf('/', StringComparison.Ordinal)], defaultModelDimensions: words.Dimension);
    }

    /// <summary>The embedder of the table that ships with this assembly. The table is mapped on first use.</summary>
    public static WordNetEmbedder Shared { get; } = new(new WordVectors(ImageMemory.Open(typeof(WordNetEmbedder).Assembly, "wordnet.vectors")));

    /// <inheritdoc/>
    /// <remarks>Carries the hash of the table: another table is another space.</remarks>
    public string Space { get; }

    /// <inheritdoc/>
    public int Dimension => _words.Dimension;

    /// <summary>The licence notice of WordNet, under which the table is passed on.</summary>
    public string Notice => _words.Notice;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException"><paramref name="vector"/> does not have <see cref="Dimension"/> components.</exception>
    public void Embed(ReadOnlySpan<char> text, Span<float> vector)
    {
        if (vector.Length != Dimension)
        {
            throw new ArgumentException($"The vector must have {Dimension} components.", nameof(vector));
        }

        vector.Clear();
        WordSum sum = new(_words, vector);
        TextAnalyzer.Analyze(text, ref sum);
        float length = TensorPrimitives.Norm(vector);
        if (length > 0)
        {
            TensorPrimitives.Divide(vector, length, vector);
        }
    }

    /// <inheritdoc/>
    public Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(values);
        var embeddings = new GeneratedEmbeddings<Embedding<float>>();
        foreach (string value in values)
        {
            cancellationToken.ThrowIfCancellationRequested();
            float[] vector = new float[Dimension];
            Embed(value, vector);
            embeddings.Add(new Embedding<float>(vector) { ModelId = _metadata.DefaultModelId });
        }

        return Task.FromResult(embeddings);
    }

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is not null ? null
            : serviceType == typeof(EmbeddingGeneratorMetadata) ? _metadata
            : serviceType.IsInstanceOfType(this) ? this
            : null;
    }

    /// <summary>Does nothing: there is nothing to release.</summary>
    public void Dispose()
    {
    }
}
