using System.Numerics.Tensors;
using MemOS.Operator.Recall.Vectors;
using Xunit;

namespace MemOS.Core.Tests.Operator.Recall.Vectors;

public sealed class VectorPlanesTests
{
    [Theory]
    [InlineData(256)]
    [InlineData(384)]
    [InlineData(137)]
    public void The_scan_is_good_to_about_two_decimals(int dimension)
    {
        var random = new Random(1);
        var planes = new VectorPlanes("space");
        float[][] vectors = [.. Enumerable.Range(0, 3 * VectorPlanes.PageSize / 2).Select(_ => Unit(random, dimension))];
        for (int i = 0; i < vectors.Length; i++)
        {
            planes.Set(i, i % 7 == 3 ? default : vectors[i]);
        }

        float[] query = Unit(random, dimension);
        for (int page = 0; page < 3; page++)
        {
            float[] products = Scan(planes, page, query);
            for (int i = 0; i < VectorPlanes.PageSize; i++)
            {
                int document = (page * VectorPlanes.PageSize) + i;
                float exact = document < vectors.Length && document % 7 != 3 ? TensorPrimitives.Dot(query, vectors[document]) : 0;
                Assert.Equal(exact, products[i], 0.03f);
            }
        }
    }

    [Fact]
    public void The_ten_nearest_are_among_the_first_42_of_the_scan()
    {
        // Half of the vectors are near one of many directions, as texts on one subject are; the others are anywhere.
        const int Dimension = 384;
        const int Pages = 8;
        var random = new Random(2);
        float[][] subjects = [.. Enumerable.Range(0, 200).Select(_ => Unit(random, Dimension))];
        float[][] vectors = [.. Enumerable.Range(0, Pages * VectorPlanes.PageSize).Select(i => Mixed(random, i % 2 == 0 ? subjects[random.Next(200)] : new float[Dimension], Dimension))];
        var planes = new VectorPlanes("space");
        for (int i = 0; i < vectors.Length; i++)
        {
            planes.Set(i, vectors[i]);
        }

        int found = 0;
        for (int question = 0; question < 200; question++)
        {
            float[] query = Mixed(random, subjects[question], Dimension);
            float[] rough = [.. Enumerable.Range(0, Pages).SelectMany(page => Scan(planes, page, query))];
            int[] pool = [.. Enumerable.Range(0, vectors.Length).OrderByDescending(i => rough[i]).Take(42)];
            found += Enumerable.Range(0, vectors.Length).OrderByDescending(i => TensorPrimitives.Dot(query, vectors[i])).Take(10).Count(pool.Contains);
        }

        Assert.True(found >= 0.995 * 200 * 10, $"{found} of 2,000");
    }

    [Fact]
    public void Vectors_that_are_no_vectors_count_as_none()
    {
        var planes = new VectorPlanes("space");
        planes.Set(0, [1, 0, 0]);
        planes.Set(1, [float.NaN, 0, 0]);
        planes.Set(2, [0, 0, 0]);
        planes.Set(3, [float.PositiveInfinity, 0, 0]);
        planes.Set(4, [1, 2]);
        float[] products = Scan(planes, 0, [1, 0, 0]);
        Assert.Equal(1, products[0], 0.001f);
        Assert.All(products[1..6], product => Assert.Equal(0, product));
    }

    private static float[] Scan(VectorPlanes planes, int page, float[] query)
    {
        sbyte[] coarse = new sbyte[VectorPlanes.RoomFor(query.Length)];
        float scale = VectorPlanes.Quantise(query, coarse);
        float[] products = new float[VectorPlanes.PageSize];
        planes.Scan(page, coarse, scale, products);
        return products;
    }

    private static float[] Unit(Random random, int dimension) => Mixed(random, new float[dimension], dimension);

    private static float[] Mixed(Random random, float[] subject, int dimension)
    {
        float[] vector = [.. Enumerable.Range(0, dimension).Select(_ => random.NextSingle() - 0.5f)];
        TensorPrimitives.Divide(vector, TensorPrimitives.Norm(vector), vector);
        TensorPrimitives.Add(vector, subject, vector);
        TensorPrimitives.Divide(vector, TensorPrimitives.Norm(vector), vector);
        return vector;
    }
}
