using MemOS.Models.Llama;
using MemOS.Models.Llama.Contexts;
using MemOS.Models.Llama.Protocol;
using MemOS.Testing.Models;

namespace MemOS.Models.Tests.Llama;

/// <summary>Contexts of blocks that are computed, restored, or both.</summary>
public sealed class ContextBuilderTests(TestModels models) : IClassFixture<TestModels>
{
    private static readonly int[] Head = [0, 11, 12], Rest = [90, 91, 92, 93];
    private static readonly int[][] Blocks = [[20, 21, 22, 23, 24, 25, 26, 27], [40, 41, 42, 43, 44, 45, 46, 47, 48], [60, 61, 62, 63, 64, 65]];

    [LlamaFact]
    public async Task States_in_any_order_stand_behind_each_other_and_what_is_computed_anew_brings_them_nearer_to_a_full_prefill()
    {
        await using LocalModel model = new(TestModels.Options(models.Llama));
        foreach (int[] order in new int[][] { [0, 1, 2], [2, 0, 1], [1, 2, 0] })
        {
            float[] full = await LogitsAsync(model, order, null);
            double[] distances = [await DistanceAsync(0), await DistanceAsync(0.5), await DistanceAsync(1)];
            Assert.True(distances[0] > 1e-3, $"Nothing was lost without computing anew ({distances[0]}): the test shows nothing.");
            Assert.True(distances[2] < distances[0] / 10, $"{distances[0]} without, {distances[2]} with everything computed anew.");
            Assert.True(distances[1] < distances[0], $"{distances[0]} without, {distances[1]} with half.");

            async Task<double> DistanceAsync(double recompute) => (await LogitsAsync(model, order, recompute)).Zip(full, (one, other) => Math.Abs(one - other)).Max();
        }
    }

    [LlamaFact]
    public async Task Computed_and_restored_blocks_can_stand_in_one_context()
    {
        await using LocalModel model = new(TestModels.Options(models.Llama));
        string state = await EncodeAsync(model, 0);
        await using SequenceLease scratch = await model.RentSequenceAsync(), sequence = await model.RentSequenceAsync();
        ContextBlock[] blocks = [new(Blocks[1], null), new(Blocks[0], state), new(Blocks[2], null)];
        Assert.Equal(Head.Length + Blocks.Sum(block => block.Length), await ContextBuilder.BuildAsync(sequence, scratch, Head, blocks));
        StepResults positions = await sequence.RunAsync([new PositionsStep(sequence.Sequence), new PositionsStep(scratch.Sequence)]);
        Assert.Equal((0, Head.Length + Blocks.Sum(block => block.Length) - 1), (positions.Results[0].First, positions.Results[0].Last));
        Assert.Null(positions.Results[1].Last);
    }

    [LlamaFact]
    public async Task A_state_of_another_length_than_its_text_is_refused()
    {
        await using LocalModel model = new(TestModels.Options(models.Llama));
        string state = await EncodeAsync(model, 0);
        await using SequenceLease sequence = await model.RentSequenceAsync();
        ModelException refused = await Assert.ThrowsAsync<ModelException>(() => ContextBuilder.BuildAsync(sequence, null, Head, [new ContextBlock(Blocks[1], state)]));
        Assert.Equal(ModelErrorCodes.StateUnusable, refused.Code);
    }

    [LlamaFact]
    public async Task Tokens_apart_from_each_other_can_be_computed_anew()
    {
        await using LocalModel model = new(TestModels.Options(models.Llama));
        string[] states = [await EncodeAsync(model, 0), await EncodeAsync(model, 1)];
        float[] full = await LogitsAsync(model, [0, 1], null), whole = await ComposedAsync([(0, 9)]), apart = await ComposedAsync([(0, 2), (2, 1), (3, 4), (7, 2)]), some = await ComposedAsync([(1, 2), (5, 1)]), none = await ComposedAsync([]);
        Assert.True(Distance(apart) < Distance(none) / 10, $"{Distance(none)} without, {Distance(apart)} with every token in runs of its own.");
        Assert.True(Distance(some) > Distance(whole) * 2, "Some were as good as all: the test shows nothing.");
        Assert.NotEqual(none, some);

        double Distance(float[] logits) => logits.Zip(full, (one, other) => Math.Abs(one - other)).Max();

        async Task<float[]> ComposedAsync((int From, int Count)[] anew)
        {
            await using SequenceLease scratch = await model.RentSequenceAsync(), sequence = await model.RentSequenceAsync();
            int position = await ContextBuilder.BuildAsync(sequence, scratch, Head, [new(Blocks[0], states[0]), new(Blocks[1], states[1]) { Anew = anew }]);
            return (await sequence.DecodeAsync(Rest, position, Outputs.Last)).Logits;
        }
    }

    // Null computes all of it.
    private async Task<float[]> LogitsAsync(LocalModel model, int[] order, double? recompute)
    {
        List<ContextBlock> blocks = [];
        foreach (int block in order)
        {
            blocks.Add(new ContextBlock(Blocks[block], recompute is null ? null : await EncodeAsync(model, block)).Recomputing(recompute ?? 0));
        }

        await using SequenceLease scratch = await model.RentSequenceAsync(), sequence = await model.RentSequenceAsync();
        int position = await ContextBuilder.BuildAsync(sequence, scratch, Head, blocks);
        return (await sequence.DecodeAsync(Rest, position, Outputs.Last)).Logits;
    }

    private async Task<string> EncodeAsync(LocalModel model, int block)
    {
        string path = models.File($"block{block}.state");
        await using SequenceLease sequence = await model.RentSequenceAsync();
        int[] tokens = [.. Head, .. Blocks[block]];
        await sequence.RunAsync([new DecodeStep(sequence.Sequence, 0, tokens.Length, Outputs.None), new SaveStep(sequence.Sequence, path)], LocalModel.ToBytes<int>(tokens));
        return path;
    }
}
