using System.Numerics.Tensors;
using MemOS.Operator.Recall.Vectors;
using Xunit;

namespace MemOS.Core.Tests.Operator.Recall.Vectors;

public sealed class VectorPlanesTests
{
    [Theory]
    [InlineData(256)]
    [InlineData(384)]
    [InlineData(37)]
    public void The_scan_is_good_to_two_decimals_and_the_second_pass_to_four(int dimension)
    {
        var random = new Random(1);
        var planes = new VectorPlanes();
        float[][] vectors = [.. Enumerable.Range(0, 3 * VectorPlanes.PageSize / 2).Select(_ => Unit(random, dimension))];
        for (int i = 0; i < vectors.Length; i++)
        {
            planes.Set(i, i % 7 == 3 ? default : vectors[i]);
        }

        float[] query = Unit(random, dimension);
        sbyte[] coarse = new sbyte[dimension];
        float scale = VectorPlanes.Quantise(query, coarse);
        float[] products = new float[VectorPlanes.PageSize];
        for (int page = 0; page < 3; page++)
        {
            planes.Scan(page, coarse, scale, products);
            for (int i = 0; i < VectorPlanes.PageSize; i++)
            {
                int document = (page * VectorPlanes.PageSize) + i;
                float exact = document < vectors.Length && document % 7 != 3 ? TensorPrimitives.Dot(query, vectors[document]) : 0;
                Assert.Equal(exact, products[i], 0.015f);
                Assert.Equal(exact, planes.Exact(document, query), 0.0001f);
            }
        }
    }

    [Fact]
    public void Vectors_that_are_no_vectors_count_as_none()
    {
        var planes = new VectorPlanes();
        planes.Set(0, [1, 0, 0]);
        planes.Set(1, [float.NaN, 0, 0]);
        planes.Set(2, [0, 0, 0]);
        planes.Set(3, [float.PositiveInfinity, 0, 0]);
        planes.Set(4, [1, 2]);
        Assert.Equal(1, planes.Exact(0, [1, 0, 0]), 0.0001f);
        for (int document = 1; document < 6; document++)
        {
            Assert.Equal(0, planes.Exact(document, [1, 1, 1]));
        }
    }

    private static float[] Unit(Random random, int dimension)
    {
        float[] vector = [.. Enumerable.Range(0, dimension).Select(_ => random.NextSingle() - 0.5f)];
        TensorPrimitives.Divide(vector, TensorPrimitives.Norm(vector), vector);
        return vector;
    }
}
