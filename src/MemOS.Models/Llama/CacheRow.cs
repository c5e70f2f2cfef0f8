using System.Buffers.Binary;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace MemOS.Models.Llama;

/// <summary>Keys or values of one token in one layer: how many bytes they take, and from 16 bits to 8 and back.</summary>
/// <remarks>In 8 bits, 32 values are a scale of half precision and a signed byte each: rounded by at most half of the largest of them divided by 127, and a half's own rounding.</remarks>
internal static class CacheRow
{
    private const int BlockValues = 32;
    private const int BlockBytes = 2 + BlockValues;
    private const int ValuesAtOnce = 1024;
    private const float Most = 127;

    /// <summary>Bytes of a row in another type.</summary>
    /// <exception cref="ModelException">The values of the row do not divide into blocks.</exception>
    public static int Size(CacheType type, int row, CacheType other)
    {
        int values = type is CacheType.Q8_0 ? row / BlockBytes * BlockValues : row / sizeof(short);
        return (type, other) is not ((CacheType.F16 or CacheType.Q8_0), (CacheType.F16 or CacheType.Q8_0)) || values % BlockValues != 0
            ? throw new ModelException(ModelErrorCodes.InvalidRequest, $"The keys and values of this model do not divide into blocks of {BlockValues} values of 16 bits; keep its states as they are.")
            : other is CacheType.Q8_0 ? values / BlockValues * BlockBytes : values * sizeof(short);
    }

    /// <summary>Writes a row in another type; both have the lengths that <see cref="Size"/> says.</summary>
    public static void Convert(ReadOnlySpan<byte> row, CacheType type, Span<byte> into, CacheType other)
    {
        if (type == other)
        {
            row.CopyTo(into);
        }
        else if (other is CacheType.Q8_0)
        {
            Compress(MemoryMarshal.Cast<byte, Half>(row), into);
        }
        else
        {
            Expand(row, MemoryMarshal.Cast<byte, Half>(into));
        }
    }

    private static void Compress(ReadOnlySpan<Half> row, Span<byte> into)
    {
        Span<float> values = stackalloc float[ValuesAtOnce];
        for (int done = 0; done < row.Length; done += ValuesAtOnce)
        {
            Span<float> some = values[..Math.Min(ValuesAtOnce, row.Length - done)];
            TensorPrimitives.ConvertToSingle(row.Slice(done, some.Length), some);
            for (int at = 0; at < some.Length; at += BlockValues)
            {
                CompressBlock(some.Slice(at, BlockValues), into.Slice((done + at) / BlockValues * BlockBytes, BlockBytes));
            }
        }
    }

    private static void CompressBlock(ReadOnlySpan<float> block, Span<byte> into)
    {
        float scale = MathF.Abs(TensorPrimitives.MaxMagnitude(block)) / Most, inverse = scale == 0 ? 0 : 1 / scale;
        BinaryPrimitives.WriteHalfLittleEndian(into, (Half)scale);
        Vector256<short> first = Vector256.Narrow(Rounded(block, inverse), Rounded(block[8..], inverse)), second = Vector256.Narrow(Rounded(block[16..], inverse), Rounded(block[24..], inverse));
        Vector256.Narrow(first, second).AsByte().CopyTo(into[2..]);
    }

    private static Vector256<int> Rounded(ReadOnlySpan<float> values, float inverse) => Vector256.ConvertToInt32(Vector256.Round(Vector256.Create(values) * inverse));

    private static void Expand(ReadOnlySpan<byte> row, Span<Half> into)
    {
        Span<float> values = stackalloc float[ValuesAtOnce];
        for (int done = 0; done < into.Length; done += ValuesAtOnce)
        {
            Span<float> some = values[..Math.Min(ValuesAtOnce, into.Length - done)];
            for (int at = 0; at < some.Length; at += BlockValues)
            {
                ExpandBlock(row.Slice((done + at) / BlockValues * BlockBytes, BlockBytes), some.Slice(at, BlockValues));
            }

            TensorPrimitives.ConvertToHalf(some, into[done..]);
        }
    }

    private static void ExpandBlock(ReadOnlySpan<byte> block, Span<float> into)
    {
        float scale = (float)BinaryPrimitives.ReadHalfLittleEndian(block);
        (Vector256<short> first, Vector256<short> second) = Vector256.Widen(Vector256.Create(block[2..]).AsSByte());
        (Vector256<int> one, Vector256<int> two) = Vector256.Widen(first);
        (Vector256<int> three, Vector256<int> four) = Vector256.Widen(second);
        (Vector256.ConvertToSingle(one) * scale).CopyTo(into);
        (Vector256.ConvertToSingle(two) * scale).CopyTo(into[8..]);
        (Vector256.ConvertToSingle(three) * scale).CopyTo(into[16..]);
        (Vector256.ConvertToSingle(four) * scale).CopyTo(into[24..]);
    }
}
