namespace MemOS.Vaults.Sqlite;

/// <summary>
/// Looks after the write-ahead log of the writer's connection: when it has become long it is moved into the file, after the writes that made it so were
/// acknowledged, and begun anew. A sync over bytes that are there already takes half the time of one that makes the file longer, so small commits, which
/// wait for little else, are kept within a short log; large ones gain more from a long one, in which a page that changes again and again is moved once.
/// </summary>
internal sealed class WriteAheadLog(Database database, int checkpointPages)
{
    private const int SmallCommit = 32;
    private const int ShortLog = 1000;

    private long _written = database.PagesWritten();
    private long _sinceCheckpoint;
    private bool _isSmall = true;

    /// <summary>Whether it is time for <see cref="Checkpoint"/>.</summary>
    public bool IsLong => _sinceCheckpoint >= Limit;

    private int Limit => _isSmall ? Math.Min(ShortLog, checkpointPages) : checkpointPages;

    /// <summary>To be called after each commit.</summary>
    public void AfterCommit()
    {
        long written = database.PagesWritten();
        long pages = written - _written;
        (_written, _sinceCheckpoint) = (written, _sinceCheckpoint + pages);
        _isSmall = pages <= SmallCommit;
    }

    /// <summary>Moves the log into the file; what a reader still needs stays in the log until the next time.</summary>
    public void Checkpoint() => _sinceCheckpoint = database.MoveLog() ? 0 : Limit * 3L / 4;
}
