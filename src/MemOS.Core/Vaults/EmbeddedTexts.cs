using System.Numerics.Tensors;
using Microsoft.Extensions.AI;

namespace MemOS.Vaults;

/// <summary>The vectors of the texts that one write needs.</summary>
/// <remarks>
/// A plan runs on the writer's thread and must not wait. A generator that answers at once (the built-in one) is asked there; for another one the plan is given up,
/// the text is embedded outside, and the plan is run again.
/// </remarks>
internal sealed class EmbeddedTexts(IEmbeddingGenerator<string, Embedding<float>> generator, string space)
{
    private readonly Dictionary<string, CubeVector> _vectors = new(StringComparer.Ordinal);

    /// <summary>The embedding space.</summary>
    public string Space { get; } = space;

    /// <summary>The vector of a text.</summary>
    /// <exception cref="TextNotEmbeddedException">The generator has to be waited for; call <see cref="EmbedAsync"/> and plan again.</exception>
    public CubeVector VectorOf(string text)
    {
        if (_vectors.TryGetValue(text, out CubeVector? known))
        {
            return known;
        }

        Task<GeneratedEmbeddings<Embedding<float>>> generated = generator.GenerateAsync([text]);
        if (!generated.IsCompletedSuccessfully)
        {
            throw new TextNotEmbeddedException(text);
        }

        return Keep(text, generated.GetAwaiter().GetResult()[0]);
    }

    /// <summary>Embeds texts that are not known yet.</summary>
    public async Task EmbedAsync(IEnumerable<string> texts, CancellationToken cancellationToken)
    {
        string[] missing = [.. texts.Where(text => !_vectors.ContainsKey(text)).Distinct(StringComparer.Ordinal)];
        if (missing.Length == 0)
        {
            return;
        }

        GeneratedEmbeddings<Embedding<float>> generated = await generator.GenerateAsync(missing, cancellationToken: cancellationToken).ConfigureAwait(false);
        for (int i = 0; i < missing.Length; i++)
        {
            Keep(missing[i], generated[i]);
        }
    }

    private CubeVector Keep(string text, Embedding<float> embedding)
    {
        // Every vector that is stored has unit length, so that a dot product is the cosine.
        float norm = TensorPrimitives.Norm(embedding.Vector.Span);
        ReadOnlyMemory<float> unit = embedding.Vector;
        if (norm > 0 && MathF.Abs(norm - 1) > 1e-5f)
        {
            float[] scaled = new float[unit.Length];
            TensorPrimitives.Divide(unit.Span, norm, scaled);
            unit = scaled;
        }

        return _vectors[text] = new CubeVector(Space, unit);
    }
}
