using MemOS.Models.Llama.Native;
using MemOS.Models.Llama.Native.Attention;
using MemOS.Testing.Models;

namespace MemOS.Models.Tests.Llama;

/// <summary>Our own attention against the formula.</summary>
public sealed unsafe class AttentionTests
{
    public static TheoryData<int, int, int, int, int> Shapes => new()
    {
        { 128, 64, 4, 2, 64 },
        { 128, 200, 4, 2, 330 }, // neither tokens nor keys fill their tiles
        { 64, 70, 8, 1, 65 },
        { 16, 300, 1, 1, 300 },
        { 80, 16, 6, 2, 257 }, // three heads share a head of keys: a tile is not filled
        { 96, 33, 14, 2, 100 },
        { 256, 65, 2, 2, 129 },
        { 128, 17, 5, 1, 1 },
    };

    [AttentionTheory]
    [MemberData(nameof(Shapes))]
    public void Every_shape_and_mask_gives_what_the_formula_gives(int size, int tokens, int heads, int groups, int keys)
    {
        Random random = new(size + tokens);
        (string Name, Func<int, int, bool>? Sees)[] masks =
        [
            ("none", null),
            ("all that came before", (token, key) => key <= keys - tokens + token),
            ("two texts side by side", (token, key) => key % 200 < 64 == token < tokens / 2),
            ("a window", (token, key) => Math.Abs(key - token) < 3),
            ("by chance, and some nothing", (token, key) => token % 7 != 0 && random.Next(3) == 0),
        ];
        foreach ((string name, Func<int, int, bool>? sees) in masks)
        {
            using AttentionCase work = new(size, tokens, heads, groups, keys, random, sees);
            Assert.True(AttentionWork.CanCompute(work.Operation));
            float[] computed = work.Compute(threads: 2);
            double worst = work.Expected().Zip(computed, (expected, value) => Math.Abs(expected - value)).Max();
            Assert.True(worst < 3e-6, $"{name}: {worst}"); // no number is worse than any
        }
    }

    [AttentionTheory]
    [InlineData(128, 4, 2)]
    [InlineData(64, 9, 3)]
    public void What_a_token_becomes_does_not_depend_on_the_tokens_beside_it_or_the_threads(int size, int heads, int groups)
    {
        const int Keys = 400, Tokens = 150, First = 41;
        using AttentionCase whole = new(size, Tokens, heads, groups, Keys, new Random(5), (token, key) => key <= Keys - Tokens + token);
        float[] together = whole.Compute(threads: 1);
        Assert.Equal(together, whole.Compute(threads: 3));

        // The same tokens in a run of their own: a token's queries stand apart in each head.
        using AttentionCase part = new(size, Tokens - First, heads, groups, Keys, new Random(5), (token, key) => key <= Keys - Tokens + First + token);
        for (int head = 0; head < heads; head++)
        {
            new Span<float>(whole.Queries->Data, size * Tokens * heads).Slice(((head * Tokens) + First) * size, (Tokens - First) * size).CopyTo(new Span<float>(part.Queries->Data, size * (Tokens - First) * heads)[(head * (Tokens - First) * size)..]);
        }

        Buffer.MemoryCopy(whole.Keys->Data, part.Keys->Data, size * Keys * groups * 2, size * Keys * groups * 2);
        Buffer.MemoryCopy(whole.Values->Data, part.Values->Data, size * Keys * groups * 2, size * Keys * groups * 2);
        Assert.Equal(together[(First * heads * size)..], part.Compute(threads: 2));
    }

    [AttentionTheory]
    [InlineData(1e-7f)] // 16-bit floats that are not normal
    [InlineData(60000f)] // and as large as they get
    public void Values_at_the_ends_of_16_bits_are_read_right(float value)
    {
        using AttentionCase work = new(64, 16, 2, 1, 70, new Random(1), null);
        new Span<Half>(work.Values->Data, 64 * 70).Fill((Half)value);
        Assert.All(work.Compute(threads: 1), result => Assert.Equal((double)(float)(Half)value, result, (double)value * 1e-6));
        new Span<Half>(work.Values->Data, 64 * 70).Fill(Half.PositiveInfinity);
        Assert.All(work.Compute(threads: 1), result => Assert.Equal(float.PositiveInfinity, result));
    }

    [AttentionTheory]
    [InlineData("tokens")]
    [InlineData("head size")]
    [InlineData("type of keys")]
    [InlineData("capped")]
    [InlineData("slanted")]
    [InlineData("sinks")]
    [InlineData("streams")]
    public void Other_kinds_are_left_to_the_library(string kind)
    {
        using AttentionCase work = new(kind is "head size" ? 24 : 32, kind is "tokens" ? 15 : 16, 2, 2, 16, new Random(1), null);
        switch (kind)
        {
            case "type of keys":
                work.Keys->Type = 8;
                break;
            case "capped":
                work.Operation->Parameters[2] = BitConverter.SingleToInt32Bits(30);
                break;
            case "slanted":
                work.Operation->Parameters[1] = BitConverter.SingleToInt32Bits(8);
                break;
            case "sinks":
                work.Operation->Sources[4] = (long)work.Mask;
                break;
            case "streams":
                (work.Queries->Sizes[3], work.Keys->Sizes[3]) = (2, 2);
                break;
        }

        Assert.False(AttentionWork.CanCompute(work.Operation));
    }

    [LlamaFact]
    public void The_library_numbers_its_operations_and_lays_out_its_tensors_as_the_device_reads_them()
    {
        LlamaLibraries.Load(LlamaLibraries.DefaultFolder);
        Assert.True(AttentionDevice.IsAsExpected());
        using TensorContext context = new(8);
        Tensor a = context.Floats(16, 3, 5), b = context.Floats(16, 3, 5), sum = context.Add(a, b);
        NativeTensor* read = (NativeTensor*)sum.Pointer;
        Assert.Equal((NativeTensor.F32, 16L, 3L, 5L, 1L), (read->Type, read->Sizes[0], read->Sizes[1], read->Sizes[2], read->Sizes[3]));
        Assert.Equal((4L, 64L, 192L, 960L), (read->Strides[0], read->Strides[1], read->Strides[2], read->Strides[3]));
        Assert.Equal((a.Pointer, b.Pointer, 0), ((nint)read->Source(0), (nint)read->Source(1), (nint)read->Source(2)));
        Assert.Equal("ADD", System.Runtime.InteropServices.Marshal.PtrToStringUTF8((nint)TensorNative.NameOfOperation(read->Operation)));
        Assert.Equal((nint)TensorNative.NameOf(sum.Pointer), (nint)read->Name);
    }
}
