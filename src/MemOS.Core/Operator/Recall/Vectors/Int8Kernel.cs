using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace MemOS.Operator.Recall.Vectors;

/// <summary>Inner products of a query with vectors of bytes. Benchmark: <c>Int8DotBenchmarks</c>, against <c>TensorPrimitives</c> on floats.</summary>
/// <remarks>
/// Stored components are offset by <see cref="Offset"/>, since the processors' instruction for byte products takes one unsigned and one signed
/// operand; the query's components lie between -127 and 127. The scalar twins are what the vector paths are tested against.
/// </remarks>
internal static class Int8Kernel
{
    /// <summary>What is added to a signed component for storage.</summary>
    public const int Offset = 128;

    /// <summary>The inner products of a query with vectors that stand end to end.</summary>
    /// <param name="vectors">The vectors, offset; as many as there are <paramref name="products"/>.</param>
    /// <param name="query">The query; its length is that of each vector.</param>
    /// <param name="products">The products, the offset taken out.</param>
    public static void Scan(ReadOnlySpan<byte> vectors, ReadOnlySpan<sbyte> query, Span<int> products)
    {
        if (vectors.Length != (long)query.Length * products.Length)
        {
            throw new ArgumentException("The vectors do not have the length of the query.", nameof(vectors));
        }

        int correction = 0;
        foreach (sbyte component in query)
        {
            correction += component * Offset;
        }

        int vectorised = query.Length & ~(StepSize - 1);
        ReadOnlySpan<sbyte> tail = query[vectorised..];
        ref sbyte q = ref MemoryMarshal.GetReference(query);
        ref byte start = ref MemoryMarshal.GetReference(vectors);
        int i = 0;
        for (; i + 4 <= products.Length; i += 4)
        {
            Vector128<int> four = vectorised == 0 ? default : Four(ref Unsafe.Add(ref start, (nint)i * query.Length), query.Length, ref q, vectorised);
            for (int k = 0; k < 4; k++)
            {
                products[i + k] = four[k] - correction;
            }
        }

        for (; i < products.Length; i++)
        {
            int sum = vectorised == 0 ? 0 : One(ref Unsafe.Add(ref start, (nint)i * query.Length), ref q, vectorised);
            products[i] = sum - correction;
        }

        if (!tail.IsEmpty)
        {
            for (i = 0; i < products.Length; i++)
            {
                products[i] += DotScalar(tail, vectors.Slice((i * query.Length) + vectorised, tail.Length));
            }
        }
    }

    /// <summary>The inner product of a float vector with a vector of offset bytes, the offset taken out.</summary>
    public static float Dot(ReadOnlySpan<float> left, ReadOnlySpan<byte> right)
    {
        if (left.Length != right.Length)
        {
            throw new ArgumentException("The vectors differ in length.", nameof(right));
        }

        ref float a = ref MemoryMarshal.GetReference(left);
        ref byte b = ref MemoryMarshal.GetReference(right);
        int i = 0;
        float sum = 0;
        if (Avx512F.IsSupported)
        {
            Vector512<float> sums = default;
            Vector512<float> offset = Vector512.Create((float)Offset);
            for (; i <= left.Length - Vector512<float>.Count; i += Vector512<float>.Count)
            {
                Vector512<float> values = Vector512.ConvertToSingle(Avx512F.ConvertToVector512Int32(Vector128.LoadUnsafe(ref b, (nuint)i)));
                sums = Vector512.FusedMultiplyAdd(values - offset, Vector512.LoadUnsafe(ref a, (nuint)i), sums);
            }

            sum = Vector512.Sum(sums);
        }
        else if (Vector128.IsHardwareAccelerated)
        {
            Vector128<float> sums = default;
            Vector128<float> offset = Vector128.Create((float)Offset);
            for (; i <= left.Length - Vector128<byte>.Count; i += Vector128<byte>.Count)
            {
                (Vector128<ushort> low, Vector128<ushort> high) = Vector128.Widen(Vector128.LoadUnsafe(ref b, (nuint)i));
                (Vector128<uint> first, Vector128<uint> second) = Vector128.Widen(low);
                (Vector128<uint> third, Vector128<uint> fourth) = Vector128.Widen(high);
                sums += (Vector128.ConvertToSingle(first.AsInt32()) - offset) * Vector128.LoadUnsafe(ref a, (nuint)i);
                sums += (Vector128.ConvertToSingle(second.AsInt32()) - offset) * Vector128.LoadUnsafe(ref a, (nuint)i + 4);
                sums += (Vector128.ConvertToSingle(third.AsInt32()) - offset) * Vector128.LoadUnsafe(ref a, (nuint)i + 8);
                sums += (Vector128.ConvertToSingle(fourth.AsInt32()) - offset) * Vector128.LoadUnsafe(ref a, (nuint)i + 12);
            }

            sum = Vector128.Sum(sums);
        }

        return sum + DotScalar(left[i..], right[i..]);
    }

    /// <summary>The inner product of a query with offset bytes, the offset left in, one component after the other.</summary>
    public static int DotScalar(ReadOnlySpan<sbyte> left, ReadOnlySpan<byte> right)
    {
        int sum = 0;
        for (int i = 0; i < left.Length; i++)
        {
            sum += left[i] * right[i];
        }

        return sum;
    }

    /// <summary>The inner product of a float vector with offset bytes, the offset taken out, one component after the other.</summary>
    public static float DotScalar(ReadOnlySpan<float> left, ReadOnlySpan<byte> right)
    {
        float sum = 0;
        for (int i = 0; i < left.Length; i++)
        {
            sum += left[i] * (right[i] - Offset);
        }

        return sum;
    }

    private static int StepSize => Avx512BW.IsSupported || AvxVnni.IsSupported ? Vector256<byte>.Count : Vector128<byte>.Count;

    /// <summary>The sums of four vectors that stand a stride apart; the query is loaded once for all of them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<int> Four(ref byte start, nint stride, ref sbyte query, int length)
    {
        ref byte second = ref Unsafe.Add(ref start, stride);
        ref byte third = ref Unsafe.Add(ref start, 2 * stride);
        ref byte fourth = ref Unsafe.Add(ref start, 3 * stride);
        if (AvxVnni.IsSupported)
        {
            Vector256<int> a = default, b = default, c = default, d = default;
            for (nuint i = 0; i < (nuint)length; i += 32)
            {
                Vector256<sbyte> q = Vector256.LoadUnsafe(ref query, i);
                a = AvxVnni.MultiplyWideningAndAdd(a, Vector256.LoadUnsafe(ref start, i), q);
                b = AvxVnni.MultiplyWideningAndAdd(b, Vector256.LoadUnsafe(ref second, i), q);
                c = AvxVnni.MultiplyWideningAndAdd(c, Vector256.LoadUnsafe(ref third, i), q);
                d = AvxVnni.MultiplyWideningAndAdd(d, Vector256.LoadUnsafe(ref fourth, i), q);
            }

            return Sums(a, b, c, d);
        }

        if (Avx512BW.IsSupported)
        {
            Vector512<int> a = default, b = default, c = default, d = default;
            for (nuint i = 0; i < (nuint)length; i += 32)
            {
                Vector512<short> q = Avx512BW.ConvertToVector512Int16(Vector256.LoadUnsafe(ref query, i));
                a += Avx512BW.MultiplyAddAdjacent(Avx512BW.ConvertToVector512Int16(Vector256.LoadUnsafe(ref start, i)), q);
                b += Avx512BW.MultiplyAddAdjacent(Avx512BW.ConvertToVector512Int16(Vector256.LoadUnsafe(ref second, i)), q);
                c += Avx512BW.MultiplyAddAdjacent(Avx512BW.ConvertToVector512Int16(Vector256.LoadUnsafe(ref third, i)), q);
                d += Avx512BW.MultiplyAddAdjacent(Avx512BW.ConvertToVector512Int16(Vector256.LoadUnsafe(ref fourth, i)), q);
            }

            return Sums(a.GetLower() + a.GetUpper(), b.GetLower() + b.GetUpper(), c.GetLower() + c.GetUpper(), d.GetLower() + d.GetUpper());
        }

        return Vector128.Create(
            One(ref start, ref query, length), One(ref second, ref query, length), One(ref third, ref query, length), One(ref fourth, ref query, length));
    }

    private static int One(ref byte vector, ref sbyte query, int length)
    {
        if (Avx2.IsSupported)
        {
            Vector256<int> sums = default;
            for (nuint i = 0; i < (nuint)length; i += 16)
            {
                sums += Avx2.MultiplyAddAdjacent(
                    Avx2.ConvertToVector256Int16(Vector128.LoadUnsafe(ref vector, i)), Avx2.ConvertToVector256Int16(Vector128.LoadUnsafe(ref query, i)));
            }

            return Vector256.Sum(sums);
        }

        return Vector128.IsHardwareAccelerated ? OnePortable(ref vector, ref query, length) : OneScalar(ref vector, ref query, length);
    }

    /// <summary>The path for machines without the instructions of x86, for example Arm.</summary>
    internal static int OnePortable(ref byte vector, ref sbyte query, int length)
    {
        Vector128<int> sums = default;
        for (nuint i = 0; i < (nuint)length; i += 16)
        {
            (Vector128<ushort> lowV, Vector128<ushort> highV) = Vector128.Widen(Vector128.LoadUnsafe(ref vector, i));
            (Vector128<short> lowQ, Vector128<short> highQ) = Vector128.Widen(Vector128.LoadUnsafe(ref query, i));

            // 255 × 127 fits 16 bits; the sum of two does not.
            (Vector128<int> first, Vector128<int> second) = Vector128.Widen(lowV.AsInt16() * lowQ);
            (Vector128<int> third, Vector128<int> fourth) = Vector128.Widen(highV.AsInt16() * highQ);
            sums += first + second + third + fourth;
        }

        return Vector128.Sum(sums);
    }

    private static int OneScalar(ref byte vector, ref sbyte query, int length) =>
        DotScalar(MemoryMarshal.CreateReadOnlySpan(ref query, length), MemoryMarshal.CreateReadOnlySpan(ref vector, length));

    private static Vector128<int> Sums(Vector256<int> a, Vector256<int> b, Vector256<int> c, Vector256<int> d)
    {
        Vector256<int> pairs = Avx2.HorizontalAdd(Avx2.HorizontalAdd(a, b), Avx2.HorizontalAdd(c, d));
        return pairs.GetLower() + pairs.GetUpper();
    }
}
