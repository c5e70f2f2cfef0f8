namespace MemOS.EmbedderBuilder.LinearAlgebra;

/// <summary>A sparse matrix in compressed rows; the columns of a row ascend.</summary>
internal sealed class SparseMatrix(int columns, int[] starts, int[] columnOf, float[] values)
{
    public int Rows => starts.Length - 1;

    public int Columns => columns;

    public int Count => values.Length;

    public ReadOnlySpan<int> ColumnsOf(int row) => columnOf.AsSpan(starts[row], starts[row + 1] - starts[row]);

    public Span<float> ValuesOf(int row) => values.AsSpan(starts[row], starts[row + 1] - starts[row]);

    /// <summary>Makes a matrix of rows that are given as cells.</summary>
    public static SparseMatrix Of(IReadOnlyList<Dictionary<int, float>> rows, int columns)
    {
        int[] starts = new int[rows.Count + 1];
        for (int i = 0; i < rows.Count; i++)
        {
            starts[i + 1] = starts[i] + rows[i].Count;
        }

        int[] columnOf = new int[starts[^1]];
        float[] values = new float[starts[^1]];
        for (int i = 0; i < rows.Count; i++)
        {
            int at = starts[i];
            foreach ((int column, float value) in rows[i].OrderBy(cell => cell.Key))
            {
                columnOf[at] = column;
                values[at++] = value;
            }
        }

        return new SparseMatrix(columns, starts, columnOf, values);
    }

    /// <summary>The transpose.</summary>
    public SparseMatrix Transposed()
    {
        int[] transposedStarts = new int[columns + 1];
        foreach (int column in columnOf)
        {
            transposedStarts[column + 1]++;
        }

        for (int i = 0; i < columns; i++)
        {
            transposedStarts[i + 1] += transposedStarts[i];
        }

        int[] next = transposedStarts[..^1];
        int[] rowOf = new int[values.Length];
        float[] transposed = new float[values.Length];
        for (int row = 0; row < Rows; row++)
        {
            for (int at = starts[row]; at < starts[row + 1]; at++)
            {
                int target = next[columnOf[at]]++;
                rowOf[target] = row;
                transposed[target] = values[at];
            }
        }

        return new SparseMatrix(Rows, transposedStarts, rowOf, transposed);
    }

    /// <summary>The product with a dense matrix. A row is summed by one thread, in the order of its cells.</summary>
    public Rows Times(Rows right)
    {
        Rows product = new(Rows, right.Width);
        Parallel.For(0, Rows, row =>
        {
            for (int at = starts[row]; at < starts[row + 1]; at++)
            {
                LinearAlgebra.Rows.AddScaled(right[columnOf[at]], values[at], product[row]);
            }
        });
        return product;
    }
}
