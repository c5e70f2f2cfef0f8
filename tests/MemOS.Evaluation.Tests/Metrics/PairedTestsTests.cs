using MemOS.Evaluation.Metrics;
using Xunit;

namespace MemOS.Evaluation.Tests.Metrics;

public sealed class PairedTestsTests
{
    [Theory]
    [InlineData(0, 0, 1)]
    [InlineData(5, 0, 0.0625)]     // 2 / 2^5
    [InlineData(0, 10, 0.001953125)]
    [InlineData(8, 2, 0.109375)]   // 2 * (1 + 10 + 45) / 1024
    [InlineData(44, 31, 0.16543)]  // a published pair of counts with p = .165
    public void The_sign_test_is_exact(int wins, int losses, double expected) => Assert.Equal(expected, PairedTests.Sign(wins, losses), 5);

    [Fact]
    public void The_sign_test_bears_many_questions() => Assert.InRange(PairedTests.Sign(5000, 5000), 0.99, 1);

    [Fact]
    public void The_permutation_test_agrees_with_the_count_of_all_sign_flips()
    {
        Assert.Equal(2 / 32.0, PairedTests.Permutation([1, 1, 1, 1, 1]), 0.01);
        Assert.Equal(1, PairedTests.Permutation([0, 0, 0]));
        Assert.Equal(1, PairedTests.Permutation([0.5, -0.5]));
        Assert.InRange(PairedTests.Permutation([.. Enumerable.Repeat(1.0, 30)]), 0, 0.001);
    }

    [Fact]
    public void Ties_change_nothing_and_the_seed_is_fixed() =>
        Assert.Equal(PairedTests.Permutation([0.25, -1, 0.5, 1]), PairedTests.Permutation([0.25, 0, -1, 0.5, 0, 1]));
}
