using MemOS.Evaluation.Metrics;

namespace MemOS.Evaluation.Tests.Metrics;

public sealed class ProportionTests
{
    [Fact]
    public void The_interval_is_that_of_Wilson()
    {
        ConfidenceInterval interval = Proportion.Of(3, 10);
        Assert.Equal(0.3, interval.Mean);
        Assert.Equal(0.1078, interval.Low, 4);
        Assert.Equal(0.6032, interval.High, 4);
    }

    [Fact]
    public void No_error_in_many_cases_does_not_prove_that_there_are_none() => Assert.InRange(Proportion.Of(0, 100).High, 0.03, 0.04);

    [Fact]
    public void No_cases_say_nothing() => Assert.Equal(default, Proportion.Of(0, 0));
}
