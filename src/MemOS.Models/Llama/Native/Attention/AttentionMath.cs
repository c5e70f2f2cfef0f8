using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace MemOS.Models.Llama.Native.Attention;

/// <summary>What the instruction set lacks, 16 values at a time.</summary>
internal static unsafe class AttentionMath
{
    private const int LargestFinite = 0x7BFF; // of a 16-bit float, as an integer
    private const uint Infinite = 0x7F800000;
    private const float LeastPower = -104; // e to this, and to anything below, is nothing

    /// <summary>Reads 16-bit floats; every value, the smallest and the infinite ones too.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Load(ushort* from)
    {
        Vector512<uint> half = Avx512F.ConvertToVector512UInt32(Vector256.Load(from));
        Vector512<uint> size = half & Vector512.Create(0x7FFFu);
        Vector512<uint> value = ((size << 13).AsSingle() * Vector512.Create(BitConverter.UInt32BitsToSingle(0x77800000))).AsUInt32(); // 2^112: the difference of the exponents' biases
        value |= Vector512.GreaterThan(size.AsInt32(), Vector512.Create(LargestFinite)).AsUInt32() & Vector512.Create(Infinite);
        return (value | ((half ^ size) << 16)).AsSingle();
    }

    /// <summary>e to the power of values that are not above 0, within two units in the last place. Of minus infinity it is 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Exp(Vector512<float> power)
    {
        Vector512<float> isSome = Vector512.GreaterThan(power, Vector512.Create(LeastPower));
        Vector512<float> x = Vector512.ConditionalSelect(isSome, power, Vector512<float>.Zero);
        Vector512<float> rounding = Vector512.Create(12582912f); // 1.5 * 2^23: adding it rounds to a whole number
        Vector512<float> twos = Vector512.FusedMultiplyAdd(x, Vector512.Create(1.44269504f), rounding) - rounding;

        // What is left lies within half a ln 2, taken off in two parts so that nothing is lost; a polynomial does the rest (Cephes).
        Vector512<float> rest = Vector512.FusedMultiplyAdd(twos, Vector512.Create(-0.693359375f), x);
        rest = Vector512.FusedMultiplyAdd(twos, Vector512.Create(2.12194440e-4f), rest);
        Vector512<float> sum = Vector512.FusedMultiplyAdd(Vector512.Create(1.9875691500e-4f), rest, Vector512.Create(1.3981999507e-3f));
        sum = Vector512.FusedMultiplyAdd(sum, rest, Vector512.Create(8.3334519073e-3f));
        sum = Vector512.FusedMultiplyAdd(sum, rest, Vector512.Create(4.1665795894e-2f));
        sum = Vector512.FusedMultiplyAdd(sum, rest, Vector512.Create(1.6666665459e-1f));
        sum = Vector512.FusedMultiplyAdd(sum, rest, Vector512.Create(5.0000001201e-1f));
        sum = Vector512.FusedMultiplyAdd(sum, rest * rest, rest + Vector512<float>.One);
        return Avx512F.Scale(sum, twos) & isSome;
    }
}
