using MemOS.Models.Llama;
using MemOS.Models.Llama.Protocol;
using MemOS.Testing.Models;

namespace MemOS.Models.Tests.Llama;

/// <summary>States of sequences in files, and steps over sequences, through the host.</summary>
public sealed class SequenceStateTests(TestModels models) : IClassFixture<TestModels>
{
    private static readonly int[] Tokens = [0, 20, 30, 40, 50, 60];

    [LlamaFact]
    public async Task A_state_from_a_file_gives_the_same_logits_to_the_last_bit_in_another_process()
    {
        string path = models.File("exact.state");
        float[] computed;
        await using (LocalModel model = new(TestModels.Options(models.Llama)))
        {
            await using SequenceLease sequence = await model.RentSequenceAsync();
            await sequence.DecodeAsync(Tokens.AsMemory(0, 5), 0, Outputs.None);
            StepResults saved = await sequence.RunAsync([new SaveStep(sequence.Sequence, path)]);
            Assert.Equal(4, saved.Results[0].Last);
            computed = (await sequence.DecodeAsync(Tokens.AsMemory(5), 5, Outputs.Last)).Logits;
        }

        await using LocalModel again = new(TestModels.Options(models.Llama));
        await using SequenceLease other = await again.RentSequenceAsync();
        StepResults mounted = await other.RunAsync([new RestoreStep(other.Sequence, path, Verify: true), new DecodeStep(other.Sequence, 5, 1, Outputs.Last)], LocalModel.ToBytes<int>(Tokens.AsSpan(5)));
        Assert.Equal((0, 4), (mounted.Results[0].First, mounted.Results[0].Last));
        Assert.Equal(computed, mounted.Logits);
    }

    [LlamaFact]
    public async Task A_state_of_another_model_cache_or_adaptation_and_a_damaged_one_are_refused()
    {
        string path = models.File("bound.state");
        await using LocalModel model = new(TestModels.Options(models.Llama));
        await using SequenceLease sequence = await model.RentSequenceAsync();
        await sequence.DecodeAsync(Tokens, 0, Outputs.None);
        await sequence.RunAsync([new SaveStep(sequence.Sequence, path)]);

        await RefusedAsync(new LocalModel(TestModels.Options(models.Other)), path);
        await RefusedAsync(new LocalModel(TestModels.Options(models.Llama) with { CompactStates = true }), path);
        byte[] bytes = File.ReadAllBytes(path);
        bytes[^100] ^= 1;
        File.WriteAllBytes(models.File("damaged.state"), bytes);
        await RefusedAsync(new LocalModel(TestModels.Options(models.Llama)), models.File("damaged.state"));
        File.WriteAllBytes(models.File("short.state"), bytes[..^10]);
        await RefusedAsync(new LocalModel(TestModels.Options(models.Llama)), models.File("short.state"));
        float[] steering = [.. Enumerable.Repeat(0.5f, 64)];
        ModelException adapted = await Assert.ThrowsAsync<ModelException>(() => sequence.RunAsync([new ControlVectorStep(64, 1, 1), new RestoreStep(sequence.Sequence, path, Verify: false)], LocalModel.ToBytes<float>(steering)));
        Assert.Equal(ModelErrorCodes.StateUnusable, adapted.Code);
    }

    [LlamaFact]
    public async Task Two_states_stand_behind_each_other_after_a_shift()
    {
        await using LocalModel model = new(TestModels.Options(models.Llama));
        await using SequenceLease first = await model.RentSequenceAsync();
        await using SequenceLease second = await model.RentSequenceAsync();
        Assert.True(first.IsWith(second));
        StepResults composed = await first.RunAsync(
        [
            new DecodeStep(first.Sequence, 0, 4, Outputs.None),
            new DecodeStep(second.Sequence, 0, 3, Outputs.None),
            new RemoveStep(second.Sequence, 0, 1), // its own beginning of text
            new ShiftStep(second.Sequence, 1, -1, 3),
            new CopyStep(second.Sequence, first.Sequence),
            new RemoveStep(second.Sequence),
            new PositionsStep(first.Sequence),
            new PositionsStep(second.Sequence),
            new DecodeStep(first.Sequence, 6, 2, Outputs.All),
        ], LocalModel.ToBytes<int>([0, 20, 30, 40, 0, 50, 60, 70, 80]));
        Assert.Equal((0, 5), (composed.Results[6].First, composed.Results[6].Last));
        Assert.Null(composed.Results[7].Last);
        Assert.Equal(2, composed.Results[8].Rows);
        Assert.Equal(2 * composed.Vocabulary, composed.Logits.Length);
    }

    [LlamaFact]
    public async Task An_embedder_gives_vectors_that_depend_on_the_text_alone()
    {
        await using LocalModel model = new(TestModels.Options(models.Bert) with { Embeddings = true });
        float[][] vectors = await model.EmbedAsync(["hello world", "another text", "hello world"]);
        Assert.All(vectors, vector => Assert.Equal(64, vector.Length));
        Assert.Equal(vectors[0], vectors[2]);
        Assert.NotEqual(vectors[0], vectors[1]);
        ModelException tooLong = await Assert.ThrowsAsync<ModelException>(() => model.EmbedAsync([new string('a', 2000)]));
        Assert.Equal(ModelErrorCodes.ContextFull, tooLong.Code);
    }

    private static async Task RefusedAsync(LocalModel model, string path)
    {
        await using LocalModel owned = model;
        await using SequenceLease sequence = await model.RentSequenceAsync();
        ModelException refused = await Assert.ThrowsAsync<ModelException>(() => sequence.RunAsync([new RestoreStep(sequence.Sequence, path, Verify: true)]));
        Assert.Equal(ModelErrorCodes.StateUnusable, refused.Code);
    }
}
