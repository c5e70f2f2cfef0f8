using System.Globalization;
using System.Numerics.Tensors;
using MemOS.Text;
using Microsoft.Extensions.AI;

namespace MemOS.Operator.Recall.Vectors;

/// <summary>
/// Embeds text without a model: signed feature hashing (Weinberger et al., arXiv 0902.2206) of word stems and of the runs of 3 to 5 characters in
/// them, so that spellings and forms of a word lie close to each other. It knows no meaning.
/// </summary>
/// <remarks>
/// Deterministic on every platform; safe for use from several threads; a text without words gives the zero vector. A word that occurs
/// n times weighs 1 + ln n. Vectors have unit length.
/// </remarks>
public sealed class HashingEmbedder : IEmbeddingGenerator<string, Embedding<float>>, ITextEmbedder
{
    private const int Dimensions = 256;

    /// <summary>The runs of characters of a word weigh together as much as this many times the word.</summary>
    private const float RunWeight = 1;

    private const ulong RunFactor = 0xFF51AFD7ED558CCD;

    private static readonly EmbeddingGeneratorMetadata Metadata = new("memos", defaultModelId: "memos-hash-v1", defaultModelDimensions: Dimensions);

    /// <inheritdoc/>
    public string Space { get; } = string.Create(CultureInfo.InvariantCulture, $"memos-hash-v1/{Dimensions}");

    /// <inheritdoc/>
    public int Dimension => Dimensions;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException"><paramref name="vector"/> does not have <see cref="Dimension"/> components.</exception>
    public void Embed(ReadOnlySpan<char> text, Span<float> vector)
    {
        if (vector.Length != Dimensions)
        {
            throw new ArgumentException($"The vector must have {Dimensions} components.", nameof(vector));
        }

        vector.Clear();
        Span<char> characters = stackalloc char[512];
        Span<FeatureTerm> terms = stackalloc FeatureTerm[96];
        var sink = new FeatureSink(characters, terms);
        TextAnalyzer.Analyze(text, ref sink);
        AddTerms(ref sink, vector);
        sink.Return();
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
            float[] vector = new float[Dimensions];
            Embed(value, vector);
            embeddings.Add(new Embedding<float>(vector) { ModelId = Metadata.DefaultModelId });
        }

        return Task.FromResult(embeddings);
    }

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is not null ? null
            : serviceType == typeof(EmbeddingGeneratorMetadata) ? Metadata
            : serviceType.IsInstanceOfType(this) ? this
            : null;
    }

    /// <summary>Does nothing: there is nothing to release.</summary>
    public void Dispose()
    {
    }

    private static void AddTerms(ref FeatureSink sink, Span<float> vector)
    {
        Span<FeatureTerm> terms = sink.Terms;
        terms.Sort();
        for (int i = 0; i < terms.Length;)
        {
            int end = i + 1;
            while (end < terms.Length && terms[end].Key == terms[i].Key)
            {
                end++;
            }

            float weight = end - i == 1 ? 1 : 1 + MathF.Log(end - i);
            Add(vector, terms[i].Key * RunFactor, weight);
            AddRuns(vector, sink.CharactersOf(terms[i]), weight * RunWeight);
            i = end;
        }
    }

    /// <summary>Adds the runs of 3 to 5 characters of a word that is marked at both ends, weighing together as much as one feature.</summary>
    private static void AddRuns(Span<float> vector, ReadOnlySpan<char> word, float weight)
    {
        int length = word.Length + 2;
        int count = Math.Max(0, length - 2) + Math.Max(0, length - 3) + Math.Max(0, length - 4);
        float share = weight / MathF.Sqrt(count);
        for (int start = -1; start + 2 <= word.Length; start++)
        {
            ulong hash = 0;
            int last = Math.Min(start + 4, word.Length);
            for (int at = start; at <= last; at++)
            {
                uint c = (uint)at < (uint)word.Length ? word[at] : ' ';
                hash = (hash ^ c) * RunFactor;
                hash ^= hash >> 29;
                if (at - start >= 2)
                {
                    Add(vector, hash * RunFactor, share);
                }
            }
        }
    }

    private static void Add(Span<float> vector, ulong hash, float weight) =>
        vector[(int)(hash >> 56)] += (hash & (1UL << 55)) == 0 ? weight : -weight;
}
