using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace MemOS.Operator.Recall.Vectors;

/// <summary>Inner products of a query with vectors of 4-bit components. Benchmark: <c>NibbleScanBenchmarks</c>, against <c>TensorPrimitives</c> on floats.</summary>
/// <remarks>
/// The first half of the components stands in the lower four bits of the bytes, the second half in the upper four, so that both halves of the query are met in
/// their own order. Stored components are offset by <see cref="Offset"/>, since the processors' instruction for byte products takes one unsigned and one signed
/// operand; the query's components lie between -127 and 127. The scalar twin is what the vector paths are tested against.
/// </remarks>
internal static class NibbleKernel
{
    /// <summary>What is added to a signed component for storage.</summary>
    public const int Offset = 8;

    /// <summary>The largest magnitude of a component.</summary>
    public const int Largest = 7;

    /// <summary>The bytes of a vector.</summary>
    public static int BytesFor(int dimension) => (dimension + 1) >>> 1;

    /// <summary>The inner products of a query with vectors that stand end to end.</summary>
    /// <param name="vectors">The vectors, each of half as many bytes as the query has components; as many as there are <paramref name="products"/>.</param>
    /// <param name="query">The query, of an even number of components: one of an odd number has a zero appended.</param>
    /// <param name="products">The products, the offset taken out.</param>
    public static void Scan(ReadOnlySpan<byte> vectors, ReadOnlySpan<sbyte> query, Span<int> products)
    {
        int size = query.Length >>> 1;
        if ((query.Length & 1) != 0 || vectors.Length != (long)size * products.Length)
        {
            throw new ArgumentException("The vectors do not have the length of the query.", nameof(vectors));
        }

        int correction = 0;
        foreach (sbyte component in query)
        {
            correction += component * Offset;
        }

        int vectorised = Vector128.IsHardwareAccelerated ? size & ~(StepSize - 1) : 0;
        ref sbyte low = ref MemoryMarshal.GetReference(query);
        ref sbyte high = ref Unsafe.Add(ref low, size);
        ref byte start = ref MemoryMarshal.GetReference(vectors);
        int i = 0;
        for (; Avx2.IsSupported && vectorised > 0 && i + 4 <= products.Length; i += 4)
        {
            Vector128<int> four = Four(ref Unsafe.Add(ref start, (nint)i * size), size, ref low, ref high, vectorised);
            (four - Vector128.Create(correction)).CopyTo(products[i..]);
        }

        for (; i < products.Length; i++)
        {
            products[i] = vectorised == 0 ? -correction : One(ref Unsafe.Add(ref start, (nint)i * size), ref low, ref high, vectorised) - correction;
        }

        if (vectorised < size)
        {
            ReadOnlySpan<sbyte> lowTail = query[vectorised..size];
            ReadOnlySpan<sbyte> highTail = query[(size + vectorised)..];
            for (i = 0; i < products.Length; i++)
            {
                products[i] += DotScalar(lowTail, highTail, vectors.Slice((i * size) + vectorised, lowTail.Length));
            }
        }
    }

    /// <summary>The inner product of both halves of a query with a vector, the offset left in, one byte after the other.</summary>
    public static int DotScalar(ReadOnlySpan<sbyte> low, ReadOnlySpan<sbyte> high, ReadOnlySpan<byte> vector)
    {
        int sum = 0;
        for (int i = 0; i < vector.Length; i++)
        {
            sum += (low[i] * (vector[i] & 0xF)) + (high[i] * (vector[i] >> 4));
        }

        return sum;
    }

    private static int StepSize => Avx2.IsSupported ? Vector256<byte>.Count : Vector128<byte>.Count;

    /// <summary>The sums of four vectors that stand a stride apart; the query is loaded once for all of them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<int> Four(ref byte start, nint stride, ref sbyte low, ref sbyte high, int length)
    {
        ref byte second = ref Unsafe.Add(ref start, stride);
        ref byte third = ref Unsafe.Add(ref start, 2 * stride);
        ref byte fourth = ref Unsafe.Add(ref start, 3 * stride);
        Vector256<int> a = default, b = default, c = default, d = default;
        for (nuint i = 0; i < (nuint)length; i += 32)
        {
            Vector256<sbyte> lows = Vector256.LoadUnsafe(ref low, i);
            Vector256<sbyte> highs = Vector256.LoadUnsafe(ref high, i);
            a += Step(Vector256.LoadUnsafe(ref start, i), lows, highs);
            b += Step(Vector256.LoadUnsafe(ref second, i), lows, highs);
            c += Step(Vector256.LoadUnsafe(ref third, i), lows, highs);
            d += Step(Vector256.LoadUnsafe(ref fourth, i), lows, highs);
        }

        Vector256<int> pairs = Avx2.HorizontalAdd(Avx2.HorizontalAdd(a, b), Avx2.HorizontalAdd(c, d));
        return pairs.GetLower() + pairs.GetUpper();
    }

    // 15 × 127 × 4 fits 16 bits.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Step(Vector256<byte> bytes, Vector256<sbyte> lows, Vector256<sbyte> highs)
    {
        Vector256<byte> mask = Vector256.Create((byte)0xF);
        Vector256<byte> upper = (bytes.AsUInt16() >>> 4).AsByte() & mask;
        Vector256<short> products = Avx2.MultiplyAddAdjacent(bytes & mask, lows) + Avx2.MultiplyAddAdjacent(upper, highs);
        return Avx2.MultiplyAddAdjacent(products, Vector256<short>.One);
    }

    private static int One(ref byte vector, ref sbyte low, ref sbyte high, int length)
    {
        if (Avx2.IsSupported)
        {
            Vector256<int> sums = default;
            for (nuint i = 0; i < (nuint)length; i += 32)
            {
                sums += Step(Vector256.LoadUnsafe(ref vector, i), Vector256.LoadUnsafe(ref low, i), Vector256.LoadUnsafe(ref high, i));
            }

            return Vector256.Sum(sums);
        }

        return OnePortable(ref vector, ref low, ref high, length);
    }

    /// <summary>The path for machines without the instructions of x86, for example Arm.</summary>
    internal static int OnePortable(ref byte vector, ref sbyte low, ref sbyte high, int length)
    {
        Vector128<int> sums = default;
        Vector128<byte> mask = Vector128.Create((byte)0xF);
        for (nuint i = 0; i < (nuint)length; i += 16)
        {
            Vector128<byte> bytes = Vector128.LoadUnsafe(ref vector, i);
            Vector128<byte> upper = (bytes.AsUInt16() >>> 4).AsByte() & mask;
            Vector128<short> products = Products(bytes & mask, Vector128.LoadUnsafe(ref low, i)) + Products(upper, Vector128.LoadUnsafe(ref high, i));
            (Vector128<int> first, Vector128<int> second) = Vector128.Widen(products);
            sums += first + second;
        }

        return Vector128.Sum(sums);
    }

    private static Vector128<short> Products(Vector128<byte> components, Vector128<sbyte> query)
    {
        (Vector128<ushort> lowV, Vector128<ushort> highV) = Vector128.Widen(components);
        (Vector128<short> lowQ, Vector128<short> highQ) = Vector128.Widen(query);
        return (lowV.AsInt16() * lowQ) + (highV.AsInt16() * highQ);
    }
}
