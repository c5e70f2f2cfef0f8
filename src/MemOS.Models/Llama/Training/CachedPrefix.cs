using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace MemOS.Models.Llama.Training;

/// <summary>Keys and values of positions at the beginning of a context, layer by layer, as numbers.</summary>
/// <param name="First">The first position.</param>
/// <param name="Length">How many.</param>
/// <param name="Keys">For each layer a row for each position, heads behind each other.</param>
/// <param name="Values">The same for values.</param>
internal sealed record CachedPrefix(int First, int Length, float[][] Keys, float[][] Values)
{
    /// <summary>Takes them out of a state with 16-bit keys and values.</summary>
    public static CachedPrefix Read(ReadOnlySpan<byte> state, int first, int length)
    {
        StateLayout layout = Checked(state);
        int width = layout.Keys(0, 0).GetOffsetAndLength(state.Length).Length / 2;
        CachedPrefix prefix = new(first, length, [.. Enumerable.Range(0, layout.Layers).Select(_ => new float[length * width])], [.. Enumerable.Range(0, layout.Layers).Select(_ => new float[length * width])]);
        for (int token = 0; token < layout.Positions.Length; token++)
        {
            int place = layout.Positions[token] - first;
            for (int layer = 0; place >= 0 && place < length && layer < layout.Layers; layer++)
            {
                TensorPrimitives.ConvertToSingle(MemoryMarshal.Cast<byte, Half>(state[layout.Keys(layer, token)]), prefix.Keys[layer].AsSpan(place * width, width));
                TensorPrimitives.ConvertToSingle(MemoryMarshal.Cast<byte, Half>(state[layout.Values(layer, token)]), prefix.Values[layer].AsSpan(place * width, width));
            }
        }

        return prefix;
    }

    /// <summary>Puts them in the place of those that a state holds at these positions.</summary>
    public void Write(Span<byte> state)
    {
        StateLayout layout = Checked(state);
        int width = Keys[0].Length / Length;
        for (int token = 0; token < layout.Positions.Length; token++)
        {
            int place = layout.Positions[token] - First;
            for (int layer = 0; place >= 0 && place < Length && layer < layout.Layers; layer++)
            {
                TensorPrimitives.ConvertToHalf(Keys[layer].AsSpan(place * width, width), MemoryMarshal.Cast<byte, Half>(state[layout.Keys(layer, token)]));
                TensorPrimitives.ConvertToHalf(Values[layer].AsSpan(place * width, width), MemoryMarshal.Cast<byte, Half>(state[layout.Values(layer, token)]));
            }
        }
    }

    private static StateLayout Checked(ReadOnlySpan<byte> state)
    {
        StateLayout layout = StateLayout.Read(state);
        return Enumerable.Range(0, layout.Layers).All(layer => layout.Types(layer) == (CacheType.F16, CacheType.F16)) ? layout
            : throw new ModelException(ModelErrorCodes.InvalidRequest, "A prefix is trained with 16-bit keys and values.");
    }
}
