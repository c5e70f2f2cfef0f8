using System.Diagnostics;

namespace MemOS.Vaults.Sqlite;

/// <summary>
/// Lets the callers whose writes were just acknowledged come back before the next group begins, so that they share one sync instead of forming two groups that
/// take turns. A lone caller is never waited for. (The idea is PostgreSQL's commit_delay and MySQL's binlog_group_commit_sync_delay; here the delay
/// follows what was seen last.)
/// </summary>
internal sealed class GroupGathering
{
    private int _expected;
    private int _last;
    private long _patience;

    /// <summary>Waits until as many writes wait as took part in each of the last two groups, but no longer than half of what the last commit took.</summary>
    public void Wait(WriteQueue queue)
    {
        if (_expected < 2)
        {
            return;
        }

        long until = Stopwatch.GetTimestamp() + _patience;
        while (queue.Count < _expected && Stopwatch.GetTimestamp() < until)
        {
            Thread.Yield();
        }
    }

    /// <summary>Notes a group that was committed.</summary>
    /// <param name="writes">How many writes it held.</param>
    /// <param name="waiting">How many more came meanwhile.</param>
    /// <param name="began">The <see cref="Stopwatch"/>'s time when the commit began.</param>
    public void Note(int writes, int waiting, long began)
    {
        int seen = writes + waiting;
        (_expected, _last) = (Math.Min(seen, _last), seen); // a caller that came by once, such as a background job, is not waited for
        _patience = (Stopwatch.GetTimestamp() - began) / 2;
    }
}
