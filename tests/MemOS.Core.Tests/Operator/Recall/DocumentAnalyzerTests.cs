using MemOS.Cubes;
using MemOS.Models.BuiltIn;
using MemOS.Operator.Recall;
using MemOS.Operator.Recall.Vectors;
using MemOS.Vaults;
using Microsoft.Extensions.AI;
using Xunit;

namespace MemOS.Core.Tests.Operator.Recall;

public sealed class DocumentAnalyzerTests
{
    [Fact]
    public async Task The_built_in_embedder_is_called_in_place()
    {
        WordNetEmbedder embedder = WordNetEmbedder.Shared;
        ValueTask<IReadOnlyList<IndexDocument>> analysis = new DocumentAnalyzer(embedder).AnalyzeAsync([SampleCubes.Turn(1, "Ann", "I play the cello")]);
        Assert.True(analysis.IsCompletedSuccessfully);
        IndexDocument document = Assert.Single(await analysis);
        Assert.Equal(embedder.Space, document.Vector?.Space);
        Assert.Equal(3, document.Length);
        Assert.False(document.Asks);
    }

    [Fact]
    public async Task Another_generator_gets_batches_and_its_vectors_get_unit_length()
    {
        using var generator = new CountingGenerator();
        var analyzer = new DocumentAnalyzer(generator);
        MemCube[] cubes = [.. Enumerable.Range(1, 200).Select(i => SampleCubes.Turn(i, "Ann", i % 50 == 0 ? " " : $"text {i}"))];
        IReadOnlyList<IndexDocument> documents = await analyzer.AnalyzeAsync(cubes);
        Assert.Equal("counting/2", analyzer.Space);
        Assert.Equal([95, 94, 7], generator.Batches);
        Assert.All(documents, (document, i) => Assert.Equal((i + 1) % 50 == 0, document.Vector is null));
        float[] unit = [0.6f, 0.8f];
        CubeVector? question = await analyzer.EmbedAsync("question");
        Assert.Equal(unit, documents[0].Vector?.Values.ToArray() ?? []);
        Assert.Equal(unit, question?.Values.ToArray() ?? []);
        Assert.Null(await analyzer.EmbedAsync(" "));
    }

    [Fact]
    public async Task A_cube_without_text_has_no_words_and_no_vector()
    {
        WordNetEmbedder embedder = WordNetEmbedder.Shared;
        MemCube cube = SampleCubes.Turn(1, "Ann", "x") with { Payload = new StoredPayload(PayloadKind.Activation, ContentHash.Of([1]), 1, "kv") };
        IndexDocument document = Assert.Single(await new DocumentAnalyzer(embedder).AnalyzeAsync([cube]));
        Assert.Null(document.Vector);
        Assert.Equal(1, document.Length); // the speaker
    }

    [Theory]
    [InlineData("How are you?", true)]
    [InlineData("That is great! And you? :)", true)]
    [InlineData("你好吗？", true)]
    [InlineData("How are you? I am fine.", false)]
    [InlineData("Look? [image: a dog]", false)]
    [InlineData("", false)]
    public void A_turn_asks_when_it_ends_with_a_question(string text, bool asks) =>
        Assert.Equal(asks, DocumentAnalyzer.Analyze(SampleCubes.Turn(1, "Ann", text), null).Asks);

    private sealed class CountingGenerator : IEmbeddingGenerator<string, Embedding<float>>
    {
        public List<int> Batches { get; } = [];

        public async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
            IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
        {
            await Task.Yield();
            string[] texts = [.. values];
            Batches.Add(texts.Length);
            return [.. texts.Select(_ => new Embedding<float>(new float[] { 3, 4 }))];
        }

        public object? GetService(Type serviceType, object? serviceKey = null) =>
            serviceType == typeof(EmbeddingGeneratorMetadata) ? new EmbeddingGeneratorMetadata("test", null, "counting", 2) : null;

        public void Dispose()
        {
        }
    }
}
