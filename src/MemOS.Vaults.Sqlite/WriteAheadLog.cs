using Microsoft.Win32.SafeHandles;

namespace MemOS.Vaults.Sqlite;

/// <summary>
/// Looks after the write-ahead log of the writer's connection. Small commits get space ahead of them: a sync over bytes that are there already takes half the
/// time of one that makes the file longer. A log that has become long is moved into the file after the writes that made it so were acknowledged.
/// </summary>
internal sealed class WriteAheadLog(Database database, VaultFolder folder, int checkpointPages)
{
    // Zeros after the last frame end the log for SQLite, as the remains of an earlier round do.
    private const int Ahead = 1 << 20;
    private const int FrameBytes = 4096 + 24;
    private const int SmallCommit = 32;

    private long _written = database.PagesWritten();
    private long _end;
    private long _length;
    private long _sinceCheckpoint;
    private bool _growsAhead = !File.Exists(folder.LogFile) || new FileInfo(folder.LogFile).Length == 0; // else it is not known where it ends

    /// <summary>Whether it is time for <see cref="Checkpoint"/>.</summary>
    public bool IsLong => _sinceCheckpoint >= checkpointPages;

    /// <summary>To be called after each commit.</summary>
    public void AfterCommit()
    {
        long written = database.PagesWritten();
        long pages = written - _written;
        (_written, _sinceCheckpoint, _end) = (written, _sinceCheckpoint + pages, _end + (pages * FrameBytes));
        if (_growsAhead && pages <= SmallCommit && _end + (SmallCommit * FrameBytes) > _length)
        {
            Grow();
        }
    }

    /// <summary>Moves the log into the file; what a reader still needs stays in the log until the next time.</summary>
    public void Checkpoint()
    {
        _growsAhead = false; // from here on the log is written from its start again, over what is there
        _sinceCheckpoint = database.MoveLog() ? 0 : checkpointPages * 3L / 4;
    }

    private void Grow()
    {
        try
        {
            using SafeFileHandle file = File.OpenHandle(folder.LogFile, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
            long from = Math.Max(RandomAccess.GetLength(file), _end);
            RandomAccess.Write(file, new byte[Ahead], from);
            _length = from + Ahead;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            _growsAhead = false; // no space for it: the log grows with each commit, as long as it can
        }
    }
}
