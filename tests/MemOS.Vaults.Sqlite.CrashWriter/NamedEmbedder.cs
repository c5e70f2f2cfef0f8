using Microsoft.Extensions.AI;

namespace MemOS.Vaults.Sqlite.CrashWriter;

/// <summary>An embedder that has to be waited for, of a space with a given name; the vectors of two names differ.</summary>
/// <param name="space">The name.</param>
/// <param name="batch">Called for each call with several texts.</param>
internal sealed class NamedEmbedder(string space, Action? batch = null) : IEmbeddingGenerator<string, Embedding<float>>
{
    public async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        await Task.Yield();
        string[] texts = [.. values];
        if (texts.Length > 1)
        {
            batch?.Invoke();
        }

        return [.. texts.Select(text => new Embedding<float>(Vector(text)))];
    }

    /// <summary>The vector of a text, of unit length.</summary>
    public float[] Vector(string text)
    {
        float[] vector = [text.Length, text[^2], text.Sum(c => c) % 97, space[0]];
        float norm = MathF.Sqrt(vector.Sum(value => value * value));
        return [.. vector.Select(value => value / norm)];
    }

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceType == typeof(EmbeddingGeneratorMetadata) ? new EmbeddingGeneratorMetadata("crash", null, space) : null;

    public void Dispose()
    {
    }
}
