using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace MemOS.Models.BuiltIn;

/// <summary>Arithmetic on rows of signed bytes.</summary>
internal static class SignedBytes
{
    /// <summary>Adds a row times a factor to a sum of the same length.</summary>
    public static void AddScaled(ReadOnlySpan<sbyte> row, float factor, Span<float> sum)
    {
        if (sum.Length != row.Length)
        {
            throw new ArgumentException("The sum does not have the length of the row.", nameof(sum));
        }

        ref sbyte source = ref MemoryMarshal.GetReference(row);
        ref float target = ref MemoryMarshal.GetReference(sum);
        int i = 0;
        if (Vector128.IsHardwareAccelerated)
        {
            // A product and a sum, never fused: the same vector on every processor.
            Vector256<float> factors = Vector256.Create(factor);
            for (; i <= row.Length - Vector128<sbyte>.Count; i += Vector128<sbyte>.Count)
            {
                (Vector128<short> first, Vector128<short> second) = Vector128.Widen(Vector128.LoadUnsafe(ref source, (nuint)i));
                Step(first, factors, ref Unsafe.Add(ref target, i));
                Step(second, factors, ref Unsafe.Add(ref target, i + Vector128<short>.Count));
            }
        }

        for (; i < row.Length; i++)
        {
            sum[i] += row[i] * factor;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Step(Vector128<short> values, Vector256<float> factors, ref float target)
    {
        (Vector128<int> lower, Vector128<int> upper) = Vector128.Widen(values);
        Vector256<float> products = Vector256.ConvertToSingle(Vector256.Create(lower, upper)) * factors;
        (Vector256.LoadUnsafe(ref target) + products).StoreUnsafe(ref target);
    }
}
