namespace MemOS.EmbedderBuilder.LinearAlgebra;

/// <summary>
/// The largest singular values of a sparse matrix with their vectors, by randomised subspace iteration (Halko, Martinsson, Tropp 2011, algorithm 4.4), seeded.
/// </summary>
internal sealed class TruncatedSvd
{
    private const int Oversampling = 32;

    private readonly Rows _basis;
    private readonly double[,] _rotation;

    private TruncatedSvd(Rows basis, double[,] rotation, double[] values)
    {
        _basis = basis;
        _rotation = rotation;
        Values = values;
    }

    /// <summary>The singular values, in descending order.</summary>
    public double[] Values { get; }

    /// <summary>Decomposes a matrix.</summary>
    /// <param name="matrix">The matrix.</param>
    /// <param name="dimension">How many singular values are wanted.</param>
    /// <param name="iterations">Rounds of the iteration.</param>
    /// <param name="seed">Where the random start comes from.</param>
    public static TruncatedSvd Of(SparseMatrix matrix, int dimension, int iterations, ulong seed)
    {
        SparseMatrix transposed = matrix.Transposed();
        Rows basis = RandomSigns(matrix.Columns, dimension + Oversampling, seed);
        for (int i = 0; i < iterations; i++)
        {
            basis = Orthonormal(transposed.Times(matrix.Times(basis)));
        }

        (double[] squares, double[,] rotation) = SymmetricEigenvectors.Of(matrix.Times(basis).Gram());
        double[,] leading = new double[rotation.GetLength(0), dimension];
        for (int row = 0; row < leading.GetLength(0); row++)
        {
            for (int column = 0; column < dimension; column++)
            {
                leading[row, column] = rotation[row, column];
            }
        }

        return new TruncatedSvd(basis, leading, [.. squares.Take(dimension).Select(Math.Sqrt)]);
    }

    /// <summary>The coordinates of a matrix's rows, these or others over the same columns, in the leading right singular vectors.</summary>
    public Rows Project(SparseMatrix matrix) => matrix.Times(_basis).Times(_rotation);

    private static Rows RandomSigns(int count, int width, ulong seed)
    {
        Rows rows = new(count, width);
        ulong state = seed;
        for (int row = 0; row < count; row++)
        {
            foreach (ref float value in rows[row])
            {
                // splitmix64
                state += 0x9E3779B97F4A7C15;
                ulong mixed = (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9;
                mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
                value = (mixed >> 63) == 0 ? 1 : -1;
            }
        }

        return rows;
    }

    // Q = Y R^-1 with the Cholesky factor of Y'Y; enough here, since the columns are far from dependent.
    private static Rows Orthonormal(Rows rows)
    {
        double[,] gram = rows.Gram();
        int n = rows.Width;
        double[,] factor = new double[n, n]; // R, upper
        for (int i = 0; i < n; i++)
        {
            for (int j = i; j < n; j++)
            {
                double sum = gram[i, j];
                for (int k = 0; k < i; k++)
                {
                    sum -= factor[k, i] * factor[k, j];
                }

                factor[i, j] = i == j ? Math.Sqrt(sum) : sum / factor[i, i];
            }
        }

        double[,] inverse = new double[n, n];
        for (int j = 0; j < n; j++)
        {
            inverse[j, j] = 1 / factor[j, j];
            for (int i = j - 1; i >= 0; i--)
            {
                double sum = 0;
                for (int k = i + 1; k <= j; k++)
                {
                    sum += factor[i, k] * inverse[k, j];
                }

                inverse[i, j] = -sum / factor[i, i];
            }
        }

        return rows.Times(inverse);
    }
}
