using MemOS.Models.Llama;
using MemOS.Models.Llama.Native.Attention;
using MemOS.Models.Llama.Protocol;
using MemOS.Testing.Models;

namespace MemOS.Models.Tests.Llama;

/// <summary>Our own attention in a model, through the host.</summary>
public sealed class ModelAttentionTests(TestModels models) : IClassFixture<TestModels>
{
    private static readonly int[] Tokens = [.. Enumerable.Range(0, 400).Select(i => i * i % 90)];

    [LlamaFact]
    public async Task A_model_says_the_same_with_the_librarys_attention()
    {
        List<(float[] Logits, bool Own)> runs = [];
        foreach (bool leaves in (bool[])[false, true])
        {
            await using LocalModel model = new(TestModels.Options(models.Llama) with { ContextTokens = 512, LibraryAttention = leaves });
            await using SequenceLease sequence = await model.RentSequenceAsync();
            runs.Add(((await sequence.DecodeAsync(Tokens, 0, Outputs.All)).Logits, (await model.DescribeAsync()).HasOwnAttention));
        }

        Assert.Equal((AttentionDevice.IsSupported, false), (runs[0].Own, runs[1].Own));
        Assert.Equal(AttentionDevice.IsSupported, !runs[0].Logits.SequenceEqual(runs[1].Logits));
        int vocabulary = runs[0].Logits.Length / Tokens.Length;
        Assert.All(runs[0].Logits.Chunk(vocabulary).Zip(runs[1].Logits.Chunk(vocabulary)), pair => Assert.InRange(Divergence(pair.First, pair.Second), -1e-9, 1e-6)); // two ways of rounding, through weights in 8 bits
    }

    [LlamaTheory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_long_state_and_a_long_question_give_what_computing_all_gives_to_the_last_bit(int threads)
    {
        string path = models.File($"long-{threads}.state");
        await using LocalModel model = new(TestModels.Options(models.Llama) with { ContextTokens = 1024, Threads = threads });
        await using SequenceLease sequence = await model.RentSequenceAsync(), other = await model.RentSequenceAsync();
        await sequence.DecodeAsync(Tokens.AsMemory(0, 300), 0, Outputs.None);
        await sequence.RunAsync([new SaveStep(sequence.Sequence, path)]);
        float[] computed = (await sequence.DecodeAsync(Tokens.AsMemory(300), 300, Outputs.Last)).Logits;
        await sequence.RunAsync([new RemoveStep(sequence.Sequence)]); // its room is the state's now, as far as it reaches
        await other.RunAsync([new RestoreStep(other.Sequence, path, Verify: true)]);
        Assert.Equal(computed, (await other.DecodeAsync(Tokens.AsMemory(300), 300, Outputs.Last)).Logits);
    }

    // Kullback and Leibler's, of the distributions of the next token.
    private static double Divergence(float[] one, float[] other)
    {
        double[] p = Softmax(one), q = Softmax(other);
        return p.Zip(q, (a, b) => a * Math.Log(a / b)).Sum();
    }

    private static double[] Softmax(float[] logits)
    {
        double[] shares = [.. logits.Select(logit => Math.Exp(logit - logits.Max()))];
        double sum = shares.Sum();
        return [.. shares.Select(share => share / sum)];
    }
}
