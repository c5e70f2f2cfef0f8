using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace MemOS.Operator.Recall.Vectors;

/// <summary>Inner products with int8 vectors. Benchmark: <c>Int8DotBenchmarks</c>, against <c>TensorPrimitives</c> on floats.</summary>
/// <remarks>
/// Components lie between -127 and 127, so that a product and the sum of two fit 16 bits and sums of up to 2^17 products fit 32.
/// The scalar twins are what the vector paths are tested against.
/// </remarks>
internal static class Int8Kernel
{
    /// <summary>The inner product of two int8 vectors of one length.</summary>
    public static int Dot(ReadOnlySpan<sbyte> left, ReadOnlySpan<sbyte> right)
    {
        if (left.Length != right.Length)
        {
            throw new ArgumentException("The vectors differ in length.", nameof(right));
        }

        ref sbyte a = ref MemoryMarshal.GetReference(left);
        ref sbyte b = ref MemoryMarshal.GetReference(right);
        int i = 0;
        int sum = 0;
        if (Avx512BW.IsSupported && left.Length >= Vector256<sbyte>.Count)
        {
            Vector512<int> sums = Vector512<int>.Zero;
            for (; i <= left.Length - Vector256<sbyte>.Count; i += Vector256<sbyte>.Count)
            {
                sums += Avx512BW.MultiplyAddAdjacent(
                    Avx512BW.ConvertToVector512Int16(Vector256.LoadUnsafe(ref a, (nuint)i)),
                    Avx512BW.ConvertToVector512Int16(Vector256.LoadUnsafe(ref b, (nuint)i)));
            }

            sum = Vector512.Sum(sums);
        }
        else if (Avx2.IsSupported && left.Length >= Vector128<sbyte>.Count)
        {
            Vector256<int> sums = Vector256<int>.Zero;
            for (; i <= left.Length - Vector128<sbyte>.Count; i += Vector128<sbyte>.Count)
            {
                sums += Avx2.MultiplyAddAdjacent(
                    Avx2.ConvertToVector256Int16(Vector128.LoadUnsafe(ref a, (nuint)i)),
                    Avx2.ConvertToVector256Int16(Vector128.LoadUnsafe(ref b, (nuint)i)));
            }

            sum = Vector256.Sum(sums);
        }
        else if (Vector128.IsHardwareAccelerated && left.Length >= Vector128<sbyte>.Count)
        {
            sum = DotPortable(ref a, ref b, left.Length, ref i);
        }

        return sum + DotScalar(left[i..], right[i..]);
    }

    /// <summary>The inner product of a float vector with an int8 vector of the same length.</summary>
    public static float Dot(ReadOnlySpan<float> left, ReadOnlySpan<sbyte> right)
    {
        if (left.Length != right.Length)
        {
            throw new ArgumentException("The vectors differ in length.", nameof(right));
        }

        ref float a = ref MemoryMarshal.GetReference(left);
        ref sbyte b = ref MemoryMarshal.GetReference(right);
        int i = 0;
        float sum = 0;
        if (Vector128.IsHardwareAccelerated && left.Length >= Vector128<sbyte>.Count)
        {
            Vector256<float> first = Vector256<float>.Zero;
            Vector256<float> second = Vector256<float>.Zero;
            for (; i <= left.Length - Vector128<sbyte>.Count; i += Vector128<sbyte>.Count)
            {
                (Vector128<short> low, Vector128<short> high) = Vector128.Widen(Vector128.LoadUnsafe(ref b, (nuint)i));
                first += Vector256.LoadUnsafe(ref a, (nuint)i) * ToSingle(low);
                second += Vector256.LoadUnsafe(ref a, (nuint)(i + Vector256<float>.Count)) * ToSingle(high);
            }

            sum = Vector256.Sum(first + second);
        }

        return sum + DotScalar(left[i..], right[i..]);
    }

    /// <summary>The same as <see cref="Dot(ReadOnlySpan{sbyte}, ReadOnlySpan{sbyte})"/>, one component after the other.</summary>
    public static int DotScalar(ReadOnlySpan<sbyte> left, ReadOnlySpan<sbyte> right)
    {
        int sum = 0;
        for (int i = 0; i < left.Length; i++)
        {
            sum += left[i] * right[i];
        }

        return sum;
    }

    /// <summary>The same as <see cref="Dot(ReadOnlySpan{float}, ReadOnlySpan{sbyte})"/>, one component after the other.</summary>
    public static float DotScalar(ReadOnlySpan<float> left, ReadOnlySpan<sbyte> right)
    {
        float sum = 0;
        for (int i = 0; i < left.Length; i++)
        {
            sum += left[i] * right[i];
        }

        return sum;
    }

    /// <summary>The path for machines without the instructions of x86, for example Arm.</summary>
    internal static int DotPortable(ref sbyte a, ref sbyte b, int length, ref int i)
    {
        Vector128<int> sums = Vector128<int>.Zero;
        for (; i <= length - Vector128<sbyte>.Count; i += Vector128<sbyte>.Count)
        {
            (Vector128<short> lowA, Vector128<short> highA) = Vector128.Widen(Vector128.LoadUnsafe(ref a, (nuint)i));
            (Vector128<short> lowB, Vector128<short> highB) = Vector128.Widen(Vector128.LoadUnsafe(ref b, (nuint)i));
            (Vector128<int> first, Vector128<int> second) = Vector128.Widen((lowA * lowB) + (highA * highB));
            sums += first + second;
        }

        return Vector128.Sum(sums);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> ToSingle(Vector128<short> values)
    {
        (Vector128<int> low, Vector128<int> high) = Vector128.Widen(values);
        return Vector256.ConvertToSingle(Vector256.Create(low, high));
    }
}
