using MemOS.Cubes;

namespace MemOS.Core.Tests.Cubes;

public sealed class CubeIdTests
{
    [Fact]
    public void Ids_sort_by_the_time_they_were_made()
    {
        FakeClock clock = new(Samples.Noon);
        CubeId[] made = [.. Enumerable.Range(0, 100).Select(_ =>
        {
            clock.Now += TimeSpan.FromMilliseconds(1);
            return CubeId.New(clock);
        })];
        Assert.Equal(made, made.Order());
        Assert.Equal(made.Select(id => id.ToString()), made.Select(id => id.ToString()).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void An_id_reads_back_from_its_text()
    {
        CubeId id = CubeId.New(TimeProvider.System);
        Assert.True(CubeId.TryParse(id.ToString(), out CubeId read));
        Assert.Equal(id, read);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("../../etc/passwd")]
    [InlineData("00000000-0000-0000-0000-000000000000")]
    [InlineData("{0198c0de-0000-7000-8000-000000000001}")]
    public void What_is_no_id_is_refused(string? text) => Assert.False(CubeId.TryParse(text, out _));

    private sealed class FakeClock(DateTimeOffset now) : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = now;

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
