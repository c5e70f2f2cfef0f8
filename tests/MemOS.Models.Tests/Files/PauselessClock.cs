using Microsoft.Extensions.Time.Testing;

namespace MemOS.Models.Tests.Files;

/// <summary>A clock on which pauses between tries pass at once, while patience with a source ends only where a test says so.</summary>
internal sealed class PauselessClock : FakeTimeProvider
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        base.CreateTimer(callback, state, dueTime < LongestPause && dueTime > TimeSpan.Zero ? TimeSpan.Zero : dueTime, period);
}
