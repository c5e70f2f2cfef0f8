using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace MemOS.EmbedderBuilder.LinearAlgebra;

/// <summary>A dense matrix, row by row.</summary>
/// <remarks>
/// Everything computed here is the same to the last bit on any processor and with any number of threads: sums run in a fixed order, a product and a sum are never
/// fused, and work is shared in pieces that do not depend on the machine.
/// </remarks>
internal sealed class Rows(int count, int width)
{
    private const int Piece = 512;

    private readonly float[] _values = new float[(long)count * width];

    public int Count => count;

    public int Width => width;

    public Span<float> this[int row] => _values.AsSpan(row * width, width);

    /// <summary>Adds a vector times a factor, component by component.</summary>
    public static void AddScaled(ReadOnlySpan<float> vector, float factor, Span<float> sum)
    {
        ref float source = ref MemoryMarshal.GetReference(vector);
        ref float target = ref MemoryMarshal.GetReference(sum);
        Vector256<float> factors = Vector256.Create(factor);
        int i = 0;
        for (; i <= sum.Length - Vector256<float>.Count; i += Vector256<float>.Count)
        {
            Vector256<float> products = Vector256.LoadUnsafe(ref source, (nuint)i) * factors;
            (Vector256.LoadUnsafe(ref target, (nuint)i) + products).StoreUnsafe(ref target, (nuint)i);
        }

        for (; i < sum.Length; i++)
        {
            sum[i] += vector[i] * factor;
        }
    }

    /// <summary>The inner product in a fixed order.</summary>
    public static float Dot(ReadOnlySpan<float> left, ReadOnlySpan<float> right)
    {
        double sum = 0;
        for (int i = 0; i < left.Length; i++)
        {
            sum += (double)left[i] * right[i];
        }

        return (float)sum;
    }

    /// <summary>Makes a vector one long, unless it is zero.</summary>
    public static void Normalise(Span<float> vector)
    {
        float length = MathF.Sqrt(Dot(vector, vector));
        for (int i = 0; length > 0 && i < vector.Length; i++)
        {
            vector[i] /= length;
        }
    }

    /// <summary>The product with its own transpose from the left: how the columns relate to each other. Sums of a piece in single precision, of pieces in double.</summary>
    public double[,] Gram()
    {
        int pieces = (count + Piece - 1) / Piece;
        double[,] gram = new double[width, width];
        const int AtOnce = 32;
        float[][] parts = new float[AtOnce][];
        for (int first = 0; first < pieces; first += AtOnce)
        {
            int these = Math.Min(AtOnce, pieces - first);
            Parallel.For(0, these, i => parts[i] = GramOfPiece(first + i));
            for (int i = 0; i < these; i++)
            {
                for (int row = 0; row < width; row++)
                {
                    for (int column = row; column < width; column++)
                    {
                        gram[row, column] += parts[i][(row * width) + column];
                    }
                }
            }
        }

        for (int row = 0; row < width; row++)
        {
            for (int column = 0; column < row; column++)
            {
                gram[row, column] = gram[column, row];
            }
        }

        return gram;
    }

    /// <summary>The product with a small matrix from the right.</summary>
    public Rows Times(double[,] right)
    {
        int columns = right.GetLength(1);
        Rows factors = new(width, columns);
        for (int row = 0; row < width; row++)
        {
            for (int column = 0; column < columns; column++)
            {
                factors[row][column] = (float)right[row, column];
            }
        }

        Rows product = new(count, columns);
        Parallel.For(0, count, row =>
        {
            ReadOnlySpan<float> source = this[row];
            for (int i = 0; i < source.Length; i++)
            {
                if (source[i] != 0)
                {
                    AddScaled(factors[i], source[i], product[row]);
                }
            }
        });
        return product;
    }

    private float[] GramOfPiece(int piece)
    {
        float[] gram = new float[width * width];
        int end = Math.Min(count, (piece + 1) * Piece);
        for (int row = piece * Piece; row < end; row++)
        {
            ReadOnlySpan<float> values = this[row];
            for (int i = 0; i < width; i++)
            {
                int from = i & ~7; // whole steps; what lies below the diagonal is not read
                AddScaled(values[from..], values[i], gram.AsSpan((i * width) + from, width - from));
            }
        }

        return gram;
    }
}
