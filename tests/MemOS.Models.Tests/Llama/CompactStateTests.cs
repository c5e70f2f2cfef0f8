using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using MemOS.Models.Llama;
using MemOS.Models.Llama.Protocol;
using MemOS.Testing.Models;

namespace MemOS.Models.Tests.Llama;

/// <summary>States that keep keys and values in 8 bits.</summary>
public sealed class CompactStateTests(TestModels models) : IClassFixture<TestModels>
{
    // More than go at once, and no whole number of pieces.
    private const int Long = 300;

    private static readonly int[] Tokens = [0, .. Enumerable.Range(0, Long).Select(place => 20 + ((place * 7) % 200))];

    [LlamaFact]
    public async Task It_takes_about_half_the_bytes_and_gives_nearly_the_same_logits()
    {
        (float[] exact, long whole) = await ThroughFileAsync(isCompact: false);
        (float[] near, long half) = await ThroughFileAsync(isCompact: true);
        Assert.InRange(half, whole * 34 / 64, whole * 36 / 64);
        float distance = TensorPrimitives.Distance<float>(exact, near) / TensorPrimitives.Norm<float>(exact);
        Assert.InRange(distance, 1e-9f, 0.02f);
        Assert.Equal(TensorPrimitives.IndexOfMax<float>(exact), TensorPrimitives.IndexOfMax<float>(near));
    }

    [LlamaFact]
    public async Task Saving_leaves_the_sequence_as_it_is_and_restoring_leaves_the_others()
    {
        string path = models.File("beside.compact");
        await using LocalModel model = new(Compact());
        await using SequenceLease one = await model.RentSequenceAsync(), other = await model.RentSequenceAsync();
        float[] before = (await one.DecodeAsync(Tokens.AsMemory(0, Long), 0, Outputs.Last)).Logits;
        await other.DecodeAsync(Tokens.AsMemory(0, 10), 0, Outputs.None);
        StepResults results = await other.RunAsync([new SaveStep(one.Sequence, path), new RestoreStep(other.Sequence, path, Verify: true), new PositionsStep(one.Sequence), new PositionsStep(other.Sequence)]);
        Assert.All(results.Results, result => Assert.Equal((0, Long - 1), (result.First, result.Last)));
        await one.RunAsync([new RemoveStep(one.Sequence, Long - 1, -1)]);
        Assert.Equal(TensorPrimitives.IndexOfMax<float>(before), TensorPrimitives.IndexOfMax<float>((await one.DecodeAsync(Tokens.AsMemory(Long - 1, 1), Long - 1, Outputs.Last)).Logits));
    }

    [LlamaFact]
    public async Task One_of_the_other_kind_and_a_broken_one_are_refused_and_leave_the_sequence_empty()
    {
        string path = models.File("kind.compact");
        await using LocalModel compact = new(Compact()), plain = new(TestModels.Options(models.Llama));
        await using SequenceLease sequence = await compact.RentSequenceAsync(), other = await plain.RentSequenceAsync();
        await sequence.DecodeAsync(Tokens.AsMemory(0, 20), 0, Outputs.None);
        await sequence.RunAsync([new SaveStep(sequence.Sequence, path)]);
        await RefusedAsync(other, path);
        byte[] bytes = File.ReadAllBytes(path);
        bytes[StateFile.HeaderBytes + 8] = 200; // so many streams
        File.WriteAllBytes(path, bytes);
        await RefusedAsync(sequence, path);
    }

    [Fact]
    public void Values_come_back_within_half_a_step_of_the_largest_of_their_block()
    {
        Random random = new(5);
        foreach (int values in new[] { 32, 64, 1024, 1056, 4096 })
        {
            Half[] row = [.. Enumerable.Range(0, values).Select(place => (Half)((random.NextSingle() - 0.5f) * MathF.Pow(10, (place / 32 % 5) - 2)))], back = new Half[values];
            row.AsSpan(32 % values, Math.Min(32, values - (32 % values))).Clear(); // a block of zeros
            byte[] compact = new byte[CacheRow.Size(CacheType.F16, 2 * values, CacheType.Q8_0)];
            Assert.Equal((values / 32 * 34, 2 * values), (compact.Length, CacheRow.Size(CacheType.Q8_0, compact.Length, CacheType.F16)));
            CacheRow.Convert(MemoryMarshal.AsBytes<Half>(row), CacheType.F16, compact, CacheType.Q8_0);
            CacheRow.Convert(compact, CacheType.Q8_0, MemoryMarshal.AsBytes(back.AsSpan()), CacheType.F16);
            for (int block = 0; block < values; block += 32)
            {
                float most = row[block..(block + 32)].Max(value => MathF.Abs((float)value));
                Assert.All(Enumerable.Range(block, 32), place => Assert.InRange(MathF.Abs((float)row[place] - (float)back[place]), 0, most * ((0.5f / 127) + (2f / 2048)) + 1e-6f));
            }
        }
    }

    [Fact]
    public void Rows_that_do_not_divide_into_blocks_are_refused() =>
        Assert.Equal(ModelErrorCodes.InvalidRequest, Assert.Throws<ModelException>(() => CacheRow.Size(CacheType.F16, 2 * 48, CacheType.Q8_0)).Code);

    private LocalModelOptions Compact() => TestModels.Options(models.Llama) with { CompactStates = true, ContextTokens = 1024 };

    private async Task<(float[] Logits, long Bytes)> ThroughFileAsync(bool isCompact)
    {
        string path = models.File($"through-{isCompact}.state");
        await using LocalModel model = new(TestModels.Options(models.Llama) with { CompactStates = isCompact });
        await using SequenceLease sequence = await model.RentSequenceAsync();
        await sequence.DecodeAsync(Tokens.AsMemory(0, Long), 0, Outputs.None);
        StepResults results = await sequence.RunAsync(
            [new SaveStep(sequence.Sequence, path), new RemoveStep(sequence.Sequence), new RestoreStep(sequence.Sequence, path, Verify: true), new DecodeStep(sequence.Sequence, Long, 1, Outputs.Last)],
            LocalModel.ToBytes<int>(Tokens.AsSpan(Long)));
        return (results.Logits, results.Results[0].Bytes);
    }

    private static async Task RefusedAsync(SequenceLease sequence, string path)
    {
        ModelException refused = await Assert.ThrowsAsync<ModelException>(() => sequence.RunAsync([new RestoreStep(sequence.Sequence, path, Verify: false)]));
        Assert.Equal(ModelErrorCodes.StateUnusable, refused.Code);
        Assert.Null((await sequence.RunAsync([new PositionsStep(sequence.Sequence)])).Results[0].Last);
    }
}
