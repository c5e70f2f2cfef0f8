using MemOS.ModelMaker.Gguf;
using MemOS.ModelMaker.RandomModels;
using MemOS.Models.Files.Gguf;
using MemOS.Models.Llama;
using MemOS.Testing.Models;

namespace MemOS.Models.Tests.Llama;

/// <summary>Models with random weights in the shapes of real ones; small here, in full size where <c>MEMOS_REAL_SHAPES</c> is set.</summary>
public sealed class RandomModelTests(TestModels models) : IClassFixture<TestModels>
{
    [LlamaFact]
    public async Task Every_kind_in_every_encoding_loads_and_computes()
    {
        foreach (ModelShape shape in (ModelShape[])[ModelShape.Qwen3, ModelShape.Llama, ModelShape.Bert])
        {
            foreach (TensorEncoding encoding in Enum.GetValues<TensorEncoding>())
            {
                await ComputesAsync(shape.Tiny(), encoding);
            }
        }
    }

    [RealShapeFact]
    public async Task The_real_shapes_have_as_many_weights_as_the_models_they_are_of()
    {
        Assert.Equal(596_049_920, (await ComputesAsync(ModelShape.Qwen3, TensorEncoding.Q8_0)).Parameters);
        Assert.Equal(1_235_814_400, (await ComputesAsync(ModelShape.Llama, TensorEncoding.Q8_0)).Parameters);
        Assert.Equal(33_212_160, (await ComputesAsync(ModelShape.Bert, TensorEncoding.Q8_0)).Parameters);
    }

    [Fact]
    public void The_same_seed_gives_the_same_file()
    {
        RandomModel.Write(models.File("again.gguf"), ModelShape.Llama.Tiny(), TensorEncoding.F16, seed: 1);
        Assert.Equal(File.ReadAllBytes(models.Llama), File.ReadAllBytes(models.File("again.gguf")));
        Assert.NotEqual(File.ReadAllBytes(models.Llama), File.ReadAllBytes(models.Other));
    }

    private async Task<ModelDescription> ComputesAsync(ModelShape shape, TensorEncoding encoding)
    {
        string path = models.File("random.gguf");
        RandomModel.Write(path, shape, encoding, seed: 1);
        bool embeds = shape.Architecture == "bert";
        ModelDescription description;
        await using (LocalModel model = new(TestModels.Options(path) with { Embeddings = embeds }))
        {
            description = await model.DescribeAsync();
            Assert.Equal((shape.Layers, shape.Width, shape.Vocabulary, shape.Context), (description.Layers, description.Width, description.Vocabulary, description.TrainedContext));
            float[] values = embeds ? (await model.EmbedAsync(["hello world"]))[0] : await LogitsAsync(model);
            Assert.Equal(embeds ? shape.Width : shape.Vocabulary, values.Length);
            Assert.All(values, value => Assert.True(float.IsFinite(value)));
            Assert.True(values.Distinct().Count() > values.Length / 2);
        }

        File.Delete(path);
        return description;
    }

    private static async Task<float[]> LogitsAsync(LocalModel model)
    {
        await using SequenceLease sequence = await model.RentSequenceAsync();
        return (await sequence.DecodeAsync(new[] { 0, 20, 30 }, 0, Outputs.Last)).Logits;
    }
}
