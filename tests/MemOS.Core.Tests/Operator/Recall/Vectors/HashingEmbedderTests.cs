using System.Numerics.Tensors;
using MemOS.Operator.Recall.Vectors;
using Microsoft.Extensions.AI;
using Xunit;

namespace MemOS.Core.Tests.Operator.Recall.Vectors;

public sealed class HashingEmbedderTests : IDisposable
{
    private readonly HashingEmbedder _embedder = new();

    [Theory]
    [InlineData("User prefers aisle seats on long flights")]
    [InlineData("我喜欢喝咖啡")]
    [InlineData("x")]
    public void A_text_gives_a_vector_of_unit_length(string text) => Assert.Equal(1, TensorPrimitives.Norm(Embed(text)), 1e-5f);

    [Theory]
    [InlineData("")]
    [InlineData("  \n")]
    [InlineData("the of and")]
    [InlineData("?!")]
    public void A_text_that_says_nothing_gives_zeros(string text) => Assert.All(Embed(text), component => Assert.Equal(0, component));

    [Fact]
    public void Forms_and_misspellings_of_a_word_are_closer_than_other_words()
    {
        float[] word = Embed("photography");
        Assert.True(TensorPrimitives.Dot(word, Embed("photographer")) > 0.25);
        Assert.True(TensorPrimitives.Dot(word, Embed("photograhpy")) > 0.2);
        Assert.True(MathF.Abs(TensorPrimitives.Dot(word, Embed("marathon"))) < 0.2);
    }

    [Fact]
    public void The_space_keeps_its_vectors()
    {
        // Stored vectors outlive a release: when this fails, the space needs a new name.
        float[] vector = Embed("I moved to Denver, and I love photography and photography!");
        Assert.Equal("memos-hash-v1/256", _embedder.Space);
        Assert.Equal(Golden, vector.Select((value, i) => value * (i + 1)).Sum(), 1e-2f);
    }

    [Fact]
    public async Task The_generator_gives_the_same_vectors()
    {
        GeneratedEmbeddings<Embedding<float>> embeddings = await _embedder.GenerateAsync(["one", "two words"]);
        Assert.Equal(Embed("two words"), embeddings[1].Vector.ToArray());
        var metadata = (EmbeddingGeneratorMetadata?)_embedder.GetService(typeof(EmbeddingGeneratorMetadata));
        Assert.Equal(256, metadata?.DefaultModelDimensions);
    }

    [Fact]
    public void A_long_text_is_embedded_without_limit() =>
        Assert.Equal(1, TensorPrimitives.Norm(Embed(string.Join(' ', Enumerable.Range(0, 20_000).Select(i => $"word{i % 4000}")))), 1e-4f);

    [Fact]
    public void Embedding_allocates_nothing()
    {
        float[] vector = new float[256];
        _embedder.Embed("User prefers aisle seats on long flights", vector);
        long before = GC.GetAllocatedBytesForCurrentThread();
        _embedder.Embed("User prefers window seats on long flights to Rome", vector);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    public void Dispose() => _embedder.Dispose();

    private const float Golden = -73.1032f;

    private float[] Embed(string text)
    {
        float[] vector = new float[256];
        _embedder.Embed(text, vector);
        return vector;
    }
}
