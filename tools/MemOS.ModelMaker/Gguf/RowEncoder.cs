using System.Buffers.Binary;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using MemOS.Models.Files.Gguf;

namespace MemOS.ModelMaker.Gguf;

/// <summary>Writes rows of values in the encodings of the file format.</summary>
internal static class RowEncoder
{
    /// <summary>Values that share a scale in <see cref="TensorEncoding.Q8_0"/>.</summary>
    public const int BlockValues = 32;

    private const int BlockBytes = 2 + BlockValues;

    public static int RowBytes(TensorEncoding encoding, int values) => encoding switch
    {
        TensorEncoding.F32 => values * 4,
        TensorEncoding.F16 => values * 2,
        TensorEncoding.Q8_0 when values % BlockValues == 0 => values / BlockValues * BlockBytes,
        _ => throw new ArgumentException($"Rows of {values} values cannot be stored as {encoding}."),
    };

    /// <summary>The number that the format gives files whose matrices are stored so.</summary>
    public static uint FileType(TensorEncoding encoding) => encoding switch
    {
        TensorEncoding.F32 => 0,
        TensorEncoding.F16 => 1,
        _ => 7,
    };

    public static void Encode(TensorEncoding encoding, ReadOnlySpan<float> values, Span<byte> bytes)
    {
        switch (encoding)
        {
            case TensorEncoding.F32:
                MemoryMarshal.AsBytes(values).CopyTo(bytes);
                break;
            case TensorEncoding.F16:
                TensorPrimitives.ConvertToHalf(values, MemoryMarshal.Cast<byte, Half>(bytes));
                break;
            default:
                for (int block = 0; block < values.Length / BlockValues; block++)
                {
                    EncodeBlock(values.Slice(block * BlockValues, BlockValues), bytes.Slice(block * BlockBytes, BlockBytes));
                }

                break;
        }
    }

    // A scale of half precision, then each value as that many scales, rounded away from zero at the half as the library does.
    private static void EncodeBlock(ReadOnlySpan<float> values, Span<byte> bytes)
    {
        float scale = TensorPrimitives.MaxMagnitude(values);
        scale = MathF.Abs(scale) / sbyte.MaxValue;
        float inverse = scale == 0 ? 0 : 1 / scale;
        BinaryPrimitives.WriteHalfLittleEndian(bytes, (Half)scale);
        for (int i = 0; i < values.Length; i++)
        {
            bytes[2 + i] = (byte)(sbyte)MathF.Round(values[i] * inverse, MidpointRounding.AwayFromZero);
        }
    }
}
