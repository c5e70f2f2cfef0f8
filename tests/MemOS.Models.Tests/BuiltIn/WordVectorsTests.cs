using MemOS.Models.BuiltIn;
using MemOS.Text;

namespace MemOS.Models.Tests.BuiltIn;

public sealed class WordVectorsTests
{
    private static readonly ReadOnlyMemory<byte> Data = ImageMemory.Open(typeof(WordNetEmbedder).Assembly, "wordnet.vectors");

    [Fact]
    public void The_table_that_ships_is_what_its_hash_says() => Assert.Equal(WordVectors.ComputeHash(Data.Span), new WordVectors(Data).Hash.ToArray());

    [Fact]
    public void The_table_that_ships_is_at_most_16_megabytes() => Assert.InRange(Data.Length, 1 << 20, 16 << 20);

    [Fact]
    public void A_table_that_is_cut_off_is_refused()
    {
        Assert.Throws<InvalidDataException>(() => new WordVectors(Data[..^1]));
        Assert.Throws<InvalidDataException>(() => new WordVectors(Data[..20]));
        Assert.Throws<InvalidDataException>(() => new WordVectors(new byte[1000]));
    }

    [Fact]
    public void A_table_is_read_the_same_from_any_address()
    {
        byte[] shifted = new byte[Data.Length + 1];
        Data.CopyTo(shifted.AsMemory(1));
        ulong key = WordKey.Of("dog");
        float[] expected = Vector(new WordVectors(Data), key);
        Assert.Contains(expected, component => component != 0);
        Assert.Equal(expected, Vector(new WordVectors(shifted.AsMemory(1)), key));
    }

    [Fact]
    public void An_unknown_key_is_not_found() => Assert.Equal(-1, new WordVectors(Data).Find(WordKey.Of("kjartansson")));

    private static float[] Vector(WordVectors words, ulong key)
    {
        float[] sum = new float[words.Dimension];
        words.Add(words.Find(key), 1, sum);
        return sum;
    }
}
