using MemOS.Models.BuiltIn;

namespace MemOS.Models.Tests.BuiltIn;

public sealed class SignedBytesTests
{
    [Fact]
    public void Every_length_gives_what_a_plain_loop_gives()
    {
        Random random = new(7);
        for (int length = 0; length < 100; length++)
        {
            sbyte[] row = [.. Enumerable.Range(0, length).Select(_ => (sbyte)random.Next(-127, 128))];
            float[] sum = [.. Enumerable.Range(0, length).Select(_ => random.NextSingle())];
            float[] expected = [.. sum.Select((value, i) => value + (row[i] * 0.37f))];
            SignedBytes.AddScaled(row, 0.37f, sum);
            Assert.Equal(expected, sum);
        }
    }
}
