using MemOS.EmbedderBuilder;
using MemOS.EmbedderBuilder.LinearAlgebra;
using MemOS.EmbedderBuilder.WordNet;
using MemOS.Models.BuiltIn;
using MemOS.Text;
using MemOS.Text.Classes;

namespace MemOS.Models.Tests.BuiltIn;

public sealed class RebuildTests
{
    [RebuildFact]
    public void The_tool_builds_the_table_that_ships_from_wordnet()
    {
        byte[] built = new TableBuilder(WordNetDatabase.Read(RebuildFactAttribute.WordNet)).Build(new Recipe());
        Assert.Equal(Convert.ToHexString(new WordVectors(ImageMemory.Open(typeof(WordNetEmbedder).Assembly, "wordnet.vectors")).Hash), Convert.ToHexString(new WordVectors(built).Hash));
    }

    [RebuildFact]
    public void The_tool_builds_the_table_of_classes_that_ships_from_wordnet()
    {
        byte[] built = new ClassTable(WordNetDatabase.Read(RebuildFactAttribute.WordNet)).Build();
        Assert.Equal(Convert.ToHexString(WordClasses.Shared.Hash), Convert.ToHexString(new WordClasses(built).Hash));
    }

    [Fact]
    public void Eigenvectors_diagonalise()
    {
        Random random = new(3);
        const int Size = 20;
        double[,] matrix = new double[Size, Size];
        for (int row = 0; row < Size; row++)
        {
            for (int column = 0; column <= row; column++)
            {
                matrix[row, column] = matrix[column, row] = random.NextDouble() - 0.5;
            }
        }

        (double[] values, double[,] vectors) = SymmetricEigenvectors.Of(matrix);
        Assert.Equal(values.OrderDescending(), values);
        for (int k = 0; k < Size; k++)
        {
            for (int row = 0; row < Size; row++)
            {
                double product = Enumerable.Range(0, Size).Sum(column => matrix[row, column] * vectors[column, k]);
                Assert.Equal(values[k] * vectors[row, k], product, 1e-9);
            }
        }
    }

    [Theory]
    [InlineData(1e-12)]
    [InlineData(0.7)]
    [InlineData(1)]
    [InlineData(1.4142)]
    [InlineData(117_659)]
    public void The_exact_logarithm_is_the_logarithm(double value) => Assert.Equal(Math.Log(value), ExactMath.Log(value), 1e-12);
}
