namespace MemOS.EmbedderBuilder.LinearAlgebra;

/// <summary>Eigenvalues and eigenvectors of a small symmetric matrix by Jacobi's rotations, in cyclic order.</summary>
internal static class SymmetricEigenvectors
{
    private const int MostSweeps = 30;

    /// <summary>Decomposes.</summary>
    /// <returns>The eigenvalues in descending order, and a matrix with the eigenvectors as columns.</returns>
    public static (double[] Values, double[,] Vectors) Of(double[,] matrix)
    {
        int n = matrix.GetLength(0);
        double[][] a = [.. Enumerable.Range(0, n).Select(row => Enumerable.Range(0, n).Select(column => matrix[row, column]).ToArray())];
        double[][] vectors = [.. Enumerable.Range(0, n).Select(row => Enumerable.Range(0, n).Select(column => row == column ? 1.0 : 0).ToArray())]; // a row each
        for (int sweep = 0; sweep < MostSweeps && OffDiagonal(a) > 1e-22 * Diagonal(a); sweep++)
        {
            for (int p = 0; p < n - 1; p++)
            {
                for (int q = p + 1; q < n; q++)
                {
                    if (a[p][q] != 0)
                    {
                        Rotate(a, vectors, p, q);
                    }
                }
            }
        }

        int[] order = [.. Enumerable.Range(0, n).OrderByDescending(i => a[i][i])];
        double[,] result = new double[n, n];
        for (int column = 0; column < n; column++)
        {
            for (int row = 0; row < n; row++)
            {
                result[row, column] = vectors[order[column]][row];
            }
        }

        return ([.. order.Select(i => a[i][i])], result);
    }

    private static void Rotate(double[][] a, double[][] vectors, int p, int q)
    {
        double theta = (a[q][q] - a[p][p]) / (2 * a[p][q]);
        double t = (theta < 0 ? -1 : 1) / (Math.Abs(theta) + Math.Sqrt((theta * theta) + 1));
        double c = 1 / Math.Sqrt((t * t) + 1);
        double s = t * c;
        foreach (double[] row in a)
        {
            (row[p], row[q]) = ((c * row[p]) - (s * row[q]), (s * row[p]) + (c * row[q]));
        }

        Mix(a[p], a[q], c, s);
        Mix(vectors[p], vectors[q], c, s);
    }

    private static void Mix(double[] p, double[] q, double c, double s)
    {
        for (int i = 0; i < p.Length; i++)
        {
            (p[i], q[i]) = ((c * p[i]) - (s * q[i]), (s * p[i]) + (c * q[i]));
        }
    }

    private static double OffDiagonal(double[][] a) => a.Select((row, i) => row.Where((_, j) => j != i).Sum(value => value * value)).Sum();

    private static double Diagonal(double[][] a) => a.Select((row, i) => row[i] * row[i]).Sum();
}
