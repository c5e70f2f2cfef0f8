using System.Runtime.InteropServices;
using MemOS.Models.Llama.Native.Attention;

namespace MemOS.Models.Tests.Llama;

/// <summary>An operation of attention over random tensors, in the library's layout.</summary>
internal sealed unsafe class AttentionCase : IDisposable
{
    private readonly NativeTensor* tensors = (NativeTensor*)NativeMemory.AllocZeroed(5, (nuint)sizeof(NativeTensor));
    private readonly (int Size, int Tokens, int Heads, int Groups, int Keys) shape;

    public AttentionCase(int size, int tokens, int heads, int groups, int keys, Random random, Func<int, int, bool>? sees)
    {
        shape = (size, tokens, heads, groups, keys);
        Lay(Queries, NativeTensor.F32, size, tokens, heads, sizeof(float));
        Lay(Keys, NativeTensor.F16, size, keys, groups, sizeof(ushort));
        Lay(Values, NativeTensor.F16, size, keys, groups, sizeof(ushort));
        Lay(Mask, NativeTensor.F16, keys, tokens, 1, sizeof(ushort));
        Lay(Operation, NativeTensor.F32, size, heads, tokens, sizeof(float));
        for (int i = 0; i < size * tokens * heads; i++)
        {
            ((float*)Queries->Data)[i] = (4 * random.NextSingle()) - 2;
        }

        for (int i = 0; i < size * keys * groups; i++)
        {
            ((Half*)Keys->Data)[i] = (Half)((4 * random.NextSingle()) - 2);
            ((Half*)Values->Data)[i] = (Half)((4 * random.NextSingle()) - 2);
        }

        for (int i = 0; i < tokens * keys; i++)
        {
            ((Half*)Mask->Data)[i] = sees is null || sees(i / keys, i % keys) ? (Half)0 : Half.NegativeInfinity;
        }

        Operation->Operation = 74;
        Operation->Sources[0] = (long)Queries;
        Operation->Sources[1] = (long)Keys;
        Operation->Sources[2] = (long)Values;
        Operation->Sources[3] = sees is null ? 0 : (long)Mask;
        Operation->Parameters[0] = BitConverter.SingleToInt32Bits(1 / MathF.Sqrt(size));
    }

    public NativeTensor* Operation => tensors;

    public NativeTensor* Queries => tensors + 1;

    public NativeTensor* Keys => tensors + 2;

    public NativeTensor* Values => tensors + 3;

    public NativeTensor* Mask => tensors + 4;

    public float[] Compute(int threads)
    {
        new Span<byte>(Operation->Data, shape.Size * shape.Heads * shape.Tokens * sizeof(float)).Fill(0xFF); // no number: what is not written is seen
        using AttentionTeam team = new() { Threads = threads };
        team.Compute(Operation);
        return new Span<float>(Operation->Data, shape.Size * shape.Heads * shape.Tokens).ToArray();
    }

    /// <summary>The same in 64 bits, as the formula has it.</summary>
    public double[] Expected()
    {
        double[] result = new double[shape.Size * shape.Heads * shape.Tokens];
        for (int token = 0; token < shape.Tokens; token++)
        {
            for (int head = 0; head < shape.Heads; head++)
            {
                int group = head / (shape.Heads / shape.Groups);
                double[] scores = [.. Enumerable.Range(0, shape.Keys).Select(key => Masked(token, key) + Enumerable.Range(0, shape.Size).Sum(i => (double)Query(token, head, i) * Key(Keys, key, group, i)) / Math.Sqrt(shape.Size))];
                double top = scores.Max();
                double[] shares = [.. scores.Select(score => double.IsNegativeInfinity(top) ? 0 : Math.Exp(score - top))];
                double total = shares.Sum();
                for (int i = 0; i < shape.Size; i++)
                {
                    double sum = shares.Select((share, key) => share * Key(Values, key, group, i)).Sum();
                    result[(((token * shape.Heads) + head) * shape.Size) + i] = total == 0 ? 0 : sum / total;
                }
            }
        }

        return result;
    }

    public void Dispose()
    {
        for (int i = 0; i < 5; i++)
        {
            NativeMemory.Free(tensors[i].Data);
        }

        NativeMemory.Free(tensors);
    }

    private static void Lay(NativeTensor* tensor, int type, int n0, int n1, int n2, int bytes)
    {
        (tensor->Sizes[0], tensor->Sizes[1], tensor->Sizes[2], tensor->Sizes[3]) = (n0, n1, n2, 1);
        (tensor->Strides[0], tensor->Strides[1], tensor->Strides[2], tensor->Strides[3]) = (bytes, (long)bytes * n0, (long)bytes * n0 * n1, (long)bytes * n0 * n1 * n2);
        tensor->Type = type;
        tensor->Data = (byte*)NativeMemory.AllocZeroed((nuint)((long)bytes * n0 * n1 * n2));
    }

    private float Query(int token, int head, int i) => ((float*)Queries->Data)[(((head * shape.Tokens) + token) * shape.Size) + i];

    private float Key(NativeTensor* tensor, int key, int group, int i) => (float)((Half*)tensor->Data)[(((group * shape.Keys) + key) * shape.Size) + i];

    private double Masked(int token, int key) => Operation->Sources[3] == 0 ? 0 : (double)((Half*)Mask->Data)[(token * shape.Keys) + key];
}
