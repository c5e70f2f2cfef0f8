using MemOS.Evaluation.Metrics;
using Xunit;

namespace MemOS.Evaluation.Tests.Metrics;

public sealed class BootstrapTests
{
    [Fact]
    public void Equal_values_have_an_interval_of_no_width() => Assert.Equal(new ConfidenceInterval(0.5, 0.5, 0.5), Bootstrap.Mean([0.5, 0.5, 0.5]));

    [Fact]
    public void The_interval_of_a_fair_coin_is_about_two_standard_errors_to_each_side()
    {
        double[] values = [.. Enumerable.Range(0, 400).Select(i => (double)(i % 2))];
        ConfidenceInterval interval = Bootstrap.Mean(values);
        Assert.Equal(0.5, interval.Mean, 12);
        Assert.InRange(interval.Low, 0.44, 0.46);   // 0.5 - 1.96 * 0.5 / sqrt(400) = 0.451
        Assert.InRange(interval.High, 0.54, 0.56);
    }

    [Fact]
    public void The_same_values_give_the_same_interval() => Assert.Equal(Bootstrap.Mean([0, 1, 0.25, 1]), Bootstrap.Mean([0, 1, 0.25, 1]));

    [Theory]
    [InlineData(0, 1)]
    [InlineData(0.5, 2)]
    [InlineData(0.75, 3)]
    [InlineData(0.95, 4)]
    [InlineData(1, 4)]
    public void Percentiles_are_values_that_occur(double share, double expected) => Assert.Equal(expected, Percentiles.Of([1, 2, 3, 4], share));
}
