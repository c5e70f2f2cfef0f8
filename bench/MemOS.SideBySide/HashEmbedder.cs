using MemOS.Text;
using Microsoft.Extensions.AI;

namespace MemOS.SideBySide;

/// <summary>
/// The stub embedder of the comparison, the same to the last bit as <c>baseline/embed.mjs</c>, where the algorithm is written out.
/// Sums are small integers, so nothing depends on the order of additions. Safe for use by several threads.
/// </summary>
internal sealed class HashEmbedder : IEmbeddingGenerator<string, Embedding<float>>, ITextEmbedder
{
    public const int Dimensions = 384;

    private const int Draws = 16;
    private const uint FnvBasis = 0x811c9dc5;
    private const uint FnvPrime = 0x01000193;
    private const uint SeedOfZero = 0x9e3779b9;

    private readonly EmbeddingGeneratorMetadata _metadata = new("side-by-side", null, "fnv-xorshift-384", Dimensions);

    public string Space => "fnv-xorshift-384/384";

    public int Dimension => Dimensions;

    public Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        var embeddings = new GeneratedEmbeddings<Embedding<float>>();
        foreach (var text in values)
        {
            cancellationToken.ThrowIfCancellationRequested();
            embeddings.Add(new Embedding<float>(Embed(text)) { ModelId = _metadata.DefaultModelId });
        }

        return Task.FromResult(embeddings);
    }

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceKey is not null ? null
        : serviceType == typeof(EmbeddingGeneratorMetadata) ? _metadata
        : serviceType.IsInstanceOfType(this) ? this
        : null;

    public void Dispose()
    {
    }

    /// <summary>A vector of length 1 for a text.</summary>
    public static float[] Embed(string text)
    {
        var vector = new float[Dimensions];
        EmbedInto(text, vector);
        return vector;
    }

    public void Embed(ReadOnlySpan<char> text, Span<float> vector) => EmbedInto(text, vector);

    private static void EmbedInto(ReadOnlySpan<char> text, Span<float> vector)
    {
        Span<int> sums = stackalloc int[Dimensions];
        sums.Clear();
        var hash = FnvBasis;
        var inWord = false;
        foreach (var character in text)
        {
            if (char.IsAsciiLetterOrDigit(character))
            {
                hash = (hash ^ char.ToLowerInvariant(character)) * FnvPrime;
                inWord = true;
            }
            else if (inWord)
            {
                AddWord(sums, hash);
                hash = FnvBasis;
                inWord = false;
            }
        }

        if (inWord)
        {
            AddWord(sums, hash);
        }

        Normalise(sums, vector);
    }

    private static void AddWord(Span<int> sums, uint hash)
    {
        var x = hash == 0 ? SeedOfZero : hash;
        for (var draw = 0; draw < Draws; draw++)
        {
            x ^= x << 13;
            x ^= x >> 17;
            x ^= x << 5;
            sums[(int)((x >> 8) % Dimensions)] += (x & 1) == 1 ? 1 : -1;
        }
    }

    private static void Normalise(ReadOnlySpan<int> sums, Span<float> vector)
    {
        long squares = 0;
        foreach (var sum in sums)
        {
            squares += (long)sum * sum;
        }

        if (squares == 0)
        {
            vector.Clear();
            vector[0] = 1;
            return;
        }

        var length = Math.Sqrt(squares);
        for (var i = 0; i < vector.Length; i++)
        {
            vector[i] = (float)(sums[i] / length);
        }
    }
}
