using MemOS.EmbedderBuilder.LinearAlgebra;

namespace MemOS.EmbedderBuilder;

/// <summary>The directions that all definitions share: they tell texts from words, not texts from each other, and are taken out of every word.</summary>
internal sealed class CommonDirections(float[][] directions)
{
    /// <summary>The first principal directions of vectors, not centred.</summary>
    public static CommonDirections Of(int count, int dimension, IEnumerable<float[]> vectors)
    {
        if (count == 0)
        {
            return new CommonDirections([]);
        }

        float[][] all = [.. vectors];
        Rows rows = new(all.Length, dimension);
        for (int i = 0; i < all.Length; i++)
        {
            all[i].CopyTo(rows[i]);
        }

        (_, double[,] eigenvectors) = SymmetricEigenvectors.Of(rows.Gram());
        return new CommonDirections([.. Enumerable.Range(0, count).Select(column => Enumerable.Range(0, dimension).Select(row => (float)eigenvectors[row, column]).ToArray())]);
    }

    /// <summary>What is left of a vector.</summary>
    public float[] TakenOutOf(ReadOnlySpan<float> vector)
    {
        float[] left = vector.ToArray();
        foreach (float[] direction in directions)
        {
            Rows.AddScaled(direction, -Rows.Dot(left, direction), left);
        }

        return left;
    }
}
