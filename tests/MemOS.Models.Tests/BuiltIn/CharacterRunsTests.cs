using System.Numerics.Tensors;
using MemOS.Models.BuiltIn;

namespace MemOS.Models.Tests.BuiltIn;

public sealed class CharacterRunsTests
{
    [Theory]
    [InlineData("kaffeehaus", "kaffeehäuser")]
    [InlineData("melanie", "melani")]
    [InlineData("podcast", "podcaster")]
    public void Forms_of_a_word_lie_nearer_to_each_other_than_to_another_word(string word, string form) =>
        Assert.True(Cosine(word, form) > MathF.Abs(Cosine(word, "gordon")) + 0.1f, $"{Cosine(word, form)} against {Cosine(word, "gordon")}");

    [Theory]
    [InlineData("a")]
    [InlineData("北京")]
    [InlineData("supercalifragilistic")]
    public void A_word_has_about_unit_length(string word) => Assert.InRange(TensorPrimitives.Norm(Vector(word)), 0.7f, 1.3f);

    private static float Cosine(string left, string right) => TensorPrimitives.CosineSimilarity(Vector(left), Vector(right));

    private static float[] Vector(string word)
    {
        float[] vector = new float[256];
        CharacterRuns.Add(word, 1, vector);
        return vector;
    }
}
