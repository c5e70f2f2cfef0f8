using System.Numerics.Tensors;
using Microsoft.Extensions.AI;

namespace MemOS.Models.Llama;

/// <summary>Embeddings by a <see cref="LocalModel"/> that was opened for them. Vectors have length 1. Safe from any thread; it does not own the model.</summary>
public sealed class LocalEmbeddingGenerator : IEmbeddingGenerator<string, Embedding<float>>
{
    private readonly LocalModel model;

    /// <summary>Makes a generator.</summary>
    /// <param name="model">The model, opened with <see cref="LocalModelOptions.Embeddings"/>; alive as long as the generator is used.</param>
    public LocalEmbeddingGenerator(LocalModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        this.model = model;
    }

    /// <inheritdoc/>
    /// <exception cref="ModelException">A text is longer than the model takes.</exception>
    public async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(values);
        string[] texts = [.. values];
        if (texts.Length == 0)
        {
            return [];
        }

        ModelDescription description = await model.DescribeAsync(cancellationToken).ConfigureAwait(false);
        if (options?.Dimensions is { } dimensions && dimensions != description.EmbeddingWidth)
        {
            throw new ModelException(ModelErrorCodes.InvalidRequest, $"This model's vectors have {description.EmbeddingWidth} values, not {dimensions}.");
        }

        GeneratedEmbeddings<Embedding<float>> embeddings = [];
        foreach (float[] vector in await model.EmbedAsync(texts, cancellationToken).ConfigureAwait(false))
        {
            float length = TensorPrimitives.Norm(vector);
            if (length > 0)
            {
                TensorPrimitives.Divide(vector, length, vector);
            }

            embeddings.Add(new Embedding<float>(vector) { ModelId = description.Name });
        }

        return embeddings;
    }

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is not null ? null
            : serviceType == typeof(EmbeddingGeneratorMetadata) ? new EmbeddingGeneratorMetadata("llama.cpp", null, model.Name)
            : serviceType == typeof(LocalModel) ? model
            : serviceType.IsInstanceOfType(this) ? this
            : null;
    }

    /// <summary>Does nothing: the model belongs to whoever made it.</summary>
    public void Dispose()
    {
    }
}
