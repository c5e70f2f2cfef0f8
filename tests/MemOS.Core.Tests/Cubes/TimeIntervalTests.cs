using FsCheck;
using FsCheck.Fluent;
using MemOS.Cubes;
using Xunit;

namespace MemOS.Core.Tests.Cubes;

public class TimeIntervalTests
{
    private static readonly Gen<TimeInterval> Intervals =
        from start in Gen.Choose(0, 20)
        from length in Gen.Choose(1, 10)
        from open in Gen.Choose(0, 5)
        select new TimeInterval(open is 0 or 2 ? null : At(start), open is 1 or 2 ? null : At(start + length));

    [Fact]
    public void The_end_does_not_belong_to_it()
    {
        var interval = new TimeInterval(At(1), At(2));
        Assert.True(interval.Contains(At(1)));
        Assert.False(interval.Contains(At(2)));
    }

    [Fact]
    public void Always_contains_everything() => Assert.True(TimeInterval.Always.Contains(DateTimeOffset.MinValue));

    [Fact]
    public void An_empty_interval_is_refused() => Assert.Throws<ArgumentException>(() => new TimeInterval(At(1), At(1)));

    [Fact]
    public void Intervals_that_touch_do_not_overlap() =>
        Assert.False(new TimeInterval(At(1), At(2)).Overlaps(new TimeInterval(At(2), At(3))));

    [Fact]
    public void It_is_written_with_dots_for_an_open_end() =>
        Assert.Equal("2023-01-01T00:00:00+00:00/..", new TimeInterval(At(0), null).ToString());

    [Fact]
    public void The_intersection_holds_what_both_hold() =>
        Prop.ForAll(Intervals.Two().ToArbitrary(), pair =>
        {
            var both = pair.Item1.Intersect(pair.Item2);
            return both.HasValue == pair.Item1.Overlaps(pair.Item2)
                && (both is not { } b || (pair.Item1.Contains(b) && pair.Item2.Contains(b)))
                && Enumerable.Range(-1, 35).All(d =>
                    (both?.Contains(At(d)) ?? false) == (pair.Item1.Contains(At(d)) && pair.Item2.Contains(At(d))));
        }).QuickCheckThrowOnFailure();

    private static DateTimeOffset At(int day) => new DateTimeOffset(2023, 1, 1, 0, 0, 0, TimeSpan.Zero).AddDays(day);
}
