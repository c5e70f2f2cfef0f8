using MemOS.Operator.Recall.Vectors;
using Xunit;

namespace MemOS.Core.Tests.Operator.Recall.Vectors;

public sealed class NibbleKernelTests
{
    [Fact]
    public void A_scan_gives_the_scalar_products_for_every_length_and_number_of_vectors()
    {
        var random = new Random(1);
        for (int size = 0; size <= 4 * 32 + 1; size++)
        {
            for (int count = 0; count <= 9; count++)
            {
                byte[] vectors = new byte[size * count];
                random.NextBytes(vectors);
                sbyte[] query = [.. Enumerable.Range(0, 2 * size).Select(_ => (sbyte)random.Next(-127, 128))];
                int[] products = new int[count];
                NibbleKernel.Scan(vectors, query, products);
                for (int i = 0; i < count; i++)
                {
                    int expected = Enumerable.Range(0, size).Sum(k =>
                        (query[k] * ((vectors[(i * size) + k] & 15) - NibbleKernel.Offset)) + (query[size + k] * ((vectors[(i * size) + k] >> 4) - NibbleKernel.Offset)));
                    Assert.Equal(expected, products[i]);
                }
            }
        }
    }

    [Theory]
    [InlineData(0, 127)]
    [InlineData(0, -127)]
    [InlineData(255, 127)]
    [InlineData(255, -127)]
    public void Extreme_components_do_not_overflow(byte components, sbyte query)
    {
        int[] products = new int[5];
        NibbleKernel.Scan(Enumerable.Repeat(components, 5 * 4096).ToArray(), Enumerable.Repeat(query, 2 * 4096).ToArray(), products);
        Assert.All(products, product => Assert.Equal(2 * 4096 * query * ((components & 15) - NibbleKernel.Offset), product));
    }

    [Fact]
    public void The_portable_path_gives_the_same()
    {
        var random = new Random(2);
        byte[] vector = new byte[256];
        random.NextBytes(vector);
        vector.AsSpan(0, 40).Fill(255);
        sbyte[] query = [.. Enumerable.Repeat((sbyte)127, 40), .. Enumerable.Range(0, 472).Select(_ => (sbyte)random.Next(-127, 128))];
        Assert.Equal(
            NibbleKernel.DotScalar(query.AsSpan(0, 256), query.AsSpan(256), vector), NibbleKernel.OnePortable(ref vector[0], ref query[0], ref query[256], vector.Length));
    }

    [Fact]
    public void Lengths_that_differ_are_refused()
    {
        Assert.Throws<ArgumentException>(() => NibbleKernel.Scan(new byte[7], new sbyte[4], new int[2]));
        Assert.Throws<ArgumentException>(() => NibbleKernel.Scan(new byte[2], new sbyte[3], new int[2]));
    }
}
