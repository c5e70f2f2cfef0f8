using MemOS.Operator.Recall.Vectors;
using Xunit;

namespace MemOS.Core.Tests.Operator.Recall.Vectors;

public sealed class Int8KernelTests
{
    [Fact]
    public void A_scan_gives_the_scalar_products_for_every_length_and_number_of_vectors()
    {
        var random = new Random(1);
        for (int length = 0; length <= 4 * 64 + 1; length++)
        {
            for (int count = 0; count <= 9; count++)
            {
                byte[] vectors = new byte[length * count];
                random.NextBytes(vectors);
                sbyte[] query = [.. Enumerable.Range(0, length).Select(_ => (sbyte)random.Next(-127, 128))];
                int[] products = new int[count];
                Int8Kernel.Scan(vectors, query, products);
                for (int i = 0; i < count; i++)
                {
                    Assert.Equal(query.Select((q, k) => q * (vectors[(i * length) + k] - Int8Kernel.Offset)).Sum(), products[i]);
                }
            }
        }
    }

    [Theory]
    [InlineData(0, 127)]
    [InlineData(0, -127)]
    [InlineData(255, 127)]
    [InlineData(255, -127)]
    public void Extreme_components_do_not_overflow(byte component, sbyte query)
    {
        int[] products = new int[5];
        Int8Kernel.Scan(Enumerable.Repeat(component, 5 * 4096).ToArray(), Enumerable.Repeat(query, 4096).ToArray(), products);
        Assert.All(products, product => Assert.Equal(4096 * query * (component - Int8Kernel.Offset), product));
    }

    [Fact]
    public void The_portable_path_gives_the_same()
    {
        var random = new Random(2);
        byte[] vector = new byte[256];
        random.NextBytes(vector);
        vector.AsSpan(0, 20).Fill(255);
        sbyte[] query = [.. Enumerable.Repeat((sbyte)127, 20), .. Enumerable.Range(0, 236).Select(_ => (sbyte)random.Next(-127, 128))];
        Assert.Equal(Int8Kernel.DotScalar(query, vector), Int8Kernel.OnePortable(ref vector[0], ref query[0], vector.Length));
    }

    [Fact]
    public void A_float_product_is_the_scalar_one_for_every_length()
    {
        var random = new Random(3);
        for (int length = 0; length <= 4 * 16 + 1; length++)
        {
            byte[] vector = new byte[length];
            random.NextBytes(vector);
            float[] query = [.. Enumerable.Range(0, length).Select(_ => random.NextSingle() - 0.5f)];
            Assert.Equal(Int8Kernel.DotScalar(query, vector), Int8Kernel.Dot(query, vector), 0.01f);
        }
    }

    [Fact]
    public void Lengths_that_differ_are_refused()
    {
        Assert.Throws<ArgumentException>(() => Int8Kernel.Dot(new float[3], new byte[4]));
        Assert.Throws<ArgumentException>(() => Int8Kernel.Scan(new byte[7], new sbyte[4], new int[2]));
    }
}
