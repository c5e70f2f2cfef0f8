namespace MemOS.Vaults.Sqlite;

/// <summary>
/// Looks after the write-ahead log of the writer's connection: when it has become long it is moved into the file, and begun anew. A sync over bytes that are
/// there already takes half the time of one that makes the file longer, so small commits, which wait for little else, are kept within a short log; large ones
/// gain more from a long one, in which a page that changes again and again is moved once. For the same reason a new log is made longer in leaps, of zeros.
/// </summary>
/// <remarks>
/// Most of the moving is done on a connection and a thread of its own beside the writer, so that no write waits for it. What was committed meanwhile is moved
/// in the writer's turn when it is little: only a log that is moved to its end can be begun anew. Used by the thread that has the turn.
/// </remarks>
/// <param name="database">The writer's connection.</param>
/// <param name="openBeside">Opens the connection for the moving beside it.</param>
/// <param name="checkpointPages">The length of a long log.</param>
internal sealed class WriteAheadLog(Database database, Func<Database> openBeside, int checkpointPages) : IDisposable
{
    private const int SmallCommit = 32;
    private const int ShortLog = 1000;
    private const int LittlePages = 128;
    private const int HeaderBytes = 32;
    private const int FrameBytes = 24 + 4096;
    private const int LeapBytes = 1 << 16;

    private long _written = database.PagesWritten();
    private long _unmoved;
    private long _moving;
    private long _end; // pages in the log since it was begun
    private long _room; // pages that the file was made for
    private Task? _move;
    private Database? _beside;
    private bool _isSmall = true;

    /// <summary>Whether it is time for <see cref="Move"/>.</summary>
    public bool IsDue => _move?.IsCompleted ?? _unmoved >= Limit;

    private int Little => Math.Min(LittlePages, checkpointPages / 8);

    private int Limit => _isSmall ? Math.Min(ShortLog, checkpointPages) : checkpointPages;

    private long MostRoom => Limit + Little;

    /// <summary>To be called after each commit.</summary>
    public void AfterCommit()
    {
        long written = database.PagesWritten();
        long pages = written - _written;
        (_written, _unmoved, _end) = (written, _unmoved + pages, _end + pages);
        _isSmall = pages <= SmallCommit;
        if (_end + pages > _room && _room < MostRoom)
        {
            _room = Math.Min(_end + Math.Max(_end, pages), MostRoom);
            Lengthen(HeaderBytes + (_room * FrameBytes));
        }
    }

    /// <summary>To be called after somebody else emptied the log.</summary>
    public void AfterEmptying() => (_unmoved, _end, _room) = (0, 0, 0);

    /// <summary>Goes on with moving the log into the file; what a reader still needs stays in the log until the next time.</summary>
    public void Move()
    {
        if (_unmoved > Little && (_move is null || (_move.IsCompletedSuccessfully && _unmoved < _moving / 2)))
        {
            (_moving, _unmoved) = (_unmoved, 0);
            _move = Task.Factory.StartNew(MoveBeside, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
            return;
        }

        // An error beside the writer, such as a full disk, comes again here if it stands, and is told.
        if (_move is { Exception: not null })
        {
            CloseBeside();
        }

        _move = null;
        bool all = database.MoveLog();
        (_unmoved, _end) = all ? (0, 0) : (Limit * 3L / 4, _end); // the next commit begins a log anew of which all was moved
    }

    /// <summary>Waits until nothing moves beside the writer.</summary>
    public void Settle()
    {
        if (_move is not null)
        {
            Task.WaitAny(_move);
        }
    }

    public void Dispose()
    {
        Settle();
        CloseBeside();
    }

    // Zeros are no frames: whoever reads the log, after a crash too, ends before them. They reach the disk with the next commit.
    private void Lengthen(long length)
    {
        try
        {
            using FileStream file = new(database.File + "-wal", FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            byte[] zeros = new byte[LeapBytes];
            for (long end = file.Seek(0, SeekOrigin.End); end < length; end = file.Position)
            {
                file.Write(zeros, 0, (int)Math.Min(length - end, zeros.Length));
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Nothing depends on it. A disk without room fails the commit that needs it.
        }
    }

    private void CloseBeside()
    {
        _beside?.Dispose();
        _beside = null;
    }

    private void MoveBeside() => (_beside ??= openBeside()).MoveLog();
}
