using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace MemOS.Models.Llama.Native.Attention;

/// <summary>Four lines of 64 sums, held in registers while products are added to them.</summary>
internal unsafe struct Block
{
    private const int Line = 64;

    private Vector512<float> a0, a1, a2, a3, b0, b1, b2, b3, c0, c1, c2, c3, d0, d1, d2, d3;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Block Load(float* from) => new()
    {
        a0 = Vector512.Load(from),
        a1 = Vector512.Load(from + 16),
        a2 = Vector512.Load(from + 32),
        a3 = Vector512.Load(from + 48),
        b0 = Vector512.Load(from + Line),
        b1 = Vector512.Load(from + Line + 16),
        b2 = Vector512.Load(from + Line + 32),
        b3 = Vector512.Load(from + Line + 48),
        c0 = Vector512.Load(from + (2 * Line)),
        c1 = Vector512.Load(from + (2 * Line) + 16),
        c2 = Vector512.Load(from + (2 * Line) + 32),
        c3 = Vector512.Load(from + (2 * Line) + 48),
        d0 = Vector512.Load(from + (3 * Line)),
        d1 = Vector512.Load(from + (3 * Line) + 16),
        d2 = Vector512.Load(from + (3 * Line) + 32),
        d3 = Vector512.Load(from + (3 * Line) + 48),
    };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Store(float* to)
    {
        a0.Store(to);
        a1.Store(to + 16);
        a2.Store(to + 32);
        a3.Store(to + 48);
        b0.Store(to + Line);
        b1.Store(to + Line + 16);
        b2.Store(to + Line + 32);
        b3.Store(to + Line + 48);
        c0.Store(to + (2 * Line));
        c1.Store(to + (2 * Line) + 16);
        c2.Store(to + (2 * Line) + 32);
        c3.Store(to + (2 * Line) + 48);
        d0.Store(to + (3 * Line));
        d1.Store(to + (3 * Line) + 16);
        d2.Store(to + (3 * Line) + 32);
        d3.Store(to + (3 * Line) + 48);
    }

    /// <summary>Multiplies each line by 64 factors.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Scale(float* factors)
    {
        Vector512<float> f0 = Vector512.Load(factors), f1 = Vector512.Load(factors + 16), f2 = Vector512.Load(factors + 32), f3 = Vector512.Load(factors + 48);
        (a0, a1, a2, a3) = (a0 * f0, a1 * f1, a2 * f2, a3 * f3);
        (b0, b1, b2, b3) = (b0 * f0, b1 * f1, b2 * f2, b3 * f3);
        (c0, c1, c2, c3) = (c0 * f0, c1 * f1, c2 * f2, c3 * f3);
        (d0, d1, d2, d3) = (d0 * f0, d1 * f1, d2 * f2, d3 * f3);
    }

    /// <summary>Adds, for each of <paramref name="count"/> lines of <paramref name="right"/>, its product with a value for each of the four lines.</summary>
    /// <param name="left">The values.</param>
    /// <param name="across">From the value of one line to that of the next.</param>
    /// <param name="along">From one value of a line to its next.</param>
    /// <param name="right">The lines of 64.</param>
    /// <param name="count">How many.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Multiply(float* left, int across, int along, float* right, int count)
    {
        (Vector512<float> x0, Vector512<float> x1, Vector512<float> x2, Vector512<float> x3) = (a0, a1, a2, a3);
        (Vector512<float> y0, Vector512<float> y1, Vector512<float> y2, Vector512<float> y3) = (b0, b1, b2, b3);
        (Vector512<float> z0, Vector512<float> z1, Vector512<float> z2, Vector512<float> z3) = (c0, c1, c2, c3);
        (Vector512<float> w0, Vector512<float> w1, Vector512<float> w2, Vector512<float> w3) = (d0, d1, d2, d3);
        for (int i = 0; i < count; i++, left += along, right += Line)
        {
            Vector512<float> r0 = Vector512.Load(right), r1 = Vector512.Load(right + 16), r2 = Vector512.Load(right + 32), r3 = Vector512.Load(right + 48);
            Vector512<float> value = Vector512.Create(left[0]);
            x0 = Vector512.FusedMultiplyAdd(value, r0, x0);
            x1 = Vector512.FusedMultiplyAdd(value, r1, x1);
            x2 = Vector512.FusedMultiplyAdd(value, r2, x2);
            x3 = Vector512.FusedMultiplyAdd(value, r3, x3);
            value = Vector512.Create(left[across]);
            y0 = Vector512.FusedMultiplyAdd(value, r0, y0);
            y1 = Vector512.FusedMultiplyAdd(value, r1, y1);
            y2 = Vector512.FusedMultiplyAdd(value, r2, y2);
            y3 = Vector512.FusedMultiplyAdd(value, r3, y3);
            value = Vector512.Create(left[2 * across]);
            z0 = Vector512.FusedMultiplyAdd(value, r0, z0);
            z1 = Vector512.FusedMultiplyAdd(value, r1, z1);
            z2 = Vector512.FusedMultiplyAdd(value, r2, z2);
            z3 = Vector512.FusedMultiplyAdd(value, r3, z3);
            value = Vector512.Create(left[3 * across]);
            w0 = Vector512.FusedMultiplyAdd(value, r0, w0);
            w1 = Vector512.FusedMultiplyAdd(value, r1, w1);
            w2 = Vector512.FusedMultiplyAdd(value, r2, w2);
            w3 = Vector512.FusedMultiplyAdd(value, r3, w3);
        }

        (a0, a1, a2, a3, b0, b1, b2, b3) = (x0, x1, x2, x3, y0, y1, y2, y3);
        (c0, c1, c2, c3, d0, d1, d2, d3) = (z0, z1, z2, z3, w0, w1, w2, w3);
    }
}
