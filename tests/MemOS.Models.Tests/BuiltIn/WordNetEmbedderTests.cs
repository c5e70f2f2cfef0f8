using System.Numerics.Tensors;
using MemOS.Models.BuiltIn;
using Microsoft.Extensions.AI;

namespace MemOS.Models.Tests.BuiltIn;

public sealed class WordNetEmbedderTests
{
    private static readonly WordNetEmbedder Embedder = WordNetEmbedder.Shared;

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

    [Theory]
    [InlineData("car", "automobile", "guitar")]
    [InlineData("doctor", "physician", "river")]
    [InlineData("children", "child", "stone")]
    [InlineData("he went home", "she goes home", "the oven broke")]
    [InlineData("my dog ate the couch", "the puppy destroyed the sofa", "the parliament passed the budget")]
    public void Texts_of_like_meaning_lie_nearer_than_others(string text, string like, string unlike) =>
        Assert.True(Cosine(text, like) > Cosine(text, unlike) + 0.2f, $"{Cosine(text, like)} against {Cosine(text, unlike)}");

    [Fact]
    public void A_phrase_means_more_than_its_words()
    {
        Assert.True(Cosine("hot dog", "sausage") > Cosine("hot", "sausage"));
        Assert.True(Cosine("hot dog", "sausage") > Cosine("dog", "sausage"));
    }

    [Fact]
    public void A_name_that_wordnet_does_not_hold_lies_near_itself_and_its_misspellings()
    {
        Assert.Equal(1, Cosine("Kjartansson", "Kjartansson"), 1e-5f);
        Assert.True(Cosine("Kjartansson", "Kjartanson") > 0.3f);
        Assert.True(Cosine("Kjartansson", "Oyelaran") < 0.2f);
    }

    [Fact]
    public async Task The_generator_gives_the_same_vectors_and_says_what_it_is()
    {
        GeneratedEmbeddings<Embedding<float>> embeddings = await Embedder.GenerateAsync(["one", "two words"]);
        Assert.Equal(Embed("two words"), embeddings[1].Vector.ToArray());
        var metadata = (EmbeddingGeneratorMetadata?)Embedder.GetService(typeof(EmbeddingGeneratorMetadata));
        Assert.Equal(Embedder.Dimension, metadata?.DefaultModelDimensions);
        Assert.Equal(Embedder.Space, $"{metadata?.DefaultModelId}/{Embedder.Dimension}");
    }

    [Fact]
    public void A_vector_of_another_length_is_refused() => Assert.Throws<ArgumentException>(() => Embedder.Embed("text", new float[Embedder.Dimension + 1]));

    [Fact]
    public void A_long_text_is_embedded_without_limit() =>
        Assert.Equal(1, TensorPrimitives.Norm(Embed(string.Join(' ', Enumerable.Range(0, 20_000).Select(i => $"word{i % 4000}")))), 1e-4f);

    [Fact]
    public void Embedding_allocates_nothing()
    {
        float[] vector = new float[Embedder.Dimension];
        Embedder.Embed("User prefers aisle seats on long flights", vector);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Embedder.Embed("User prefers window seats on long flights to Rome with Kjartansson", vector);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void Wordnets_licence_travels_with_it() => Assert.Contains("WordNet 3.0 Copyright 2006 by Princeton University", Embedder.Notice, StringComparison.Ordinal);

    private static float Cosine(string left, string right) => TensorPrimitives.Dot(Embed(left), Embed(right));

    private static float[] Embed(string text)
    {
        float[] vector = new float[Embedder.Dimension];
        Embedder.Embed(text, vector);
        return vector;
    }
}
