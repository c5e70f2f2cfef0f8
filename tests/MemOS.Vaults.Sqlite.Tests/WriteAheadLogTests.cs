using Xunit;

namespace MemOS.Vaults.Sqlite.Tests;

/// <summary>The log is moved into the file beside the writer, and begun anew when all of it was moved.</summary>
public sealed class WriteAheadLogTests : IDisposable
{
    private const int LongLog = 80;

    private readonly TemporaryFolder _folder = new();
    private readonly Database _database;

    public WriteAheadLogTests()
    {
        using (Database created = Database.Create(File))
        {
            created.RunScript("CREATE TABLE entry(id INTEGER PRIMARY KEY, value BLOB)");
        }

        _database = Open();
        _database.Run("PRAGMA user_version = 1"); // makes the log
    }

    private string File => Path.Combine(_folder.Path, "log.db");

    private long LogBytes => new FileInfo(File + "-wal").Length;

    public void Dispose()
    {
        _database.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void A_log_that_was_moved_is_begun_anew_and_grows_no_further()
    {
        using var log = new WriteAheadLog(_database, Open, LongLog);
        Grow(log);
        long grown = LogBytes;
        for (int i = 0; i < 10; i++)
        {
            MoveAll(log);
            Grow(log);
        }

        Assert.InRange(LogBytes, grown, grown * 5 / 4);
        Assert.Equal(11 * (LongLog + 1), _database.RunInt64("SELECT count(*) FROM entry"));
    }

    [Fact]
    public void Writes_go_on_while_the_log_is_moved()
    {
        using var goOn = new ManualResetEventSlim();
        using var log = new WriteAheadLog(_database, () => { goOn.Wait(); return Open(); }, LongLog);
        Grow(log);
        log.Move();
        Assert.False(log.IsDue);
        Grow(log);
        Assert.False(log.IsDue);
        goOn.Set();
        MoveAll(log);
        long grown = LogBytes;
        Grow(log);
        Assert.Equal(grown, LogBytes);
    }

    [Fact]
    public void What_cannot_be_moved_beside_the_writer_is_moved_in_its_turn()
    {
        int tries = 0;
        using var log = new WriteAheadLog(_database, () => { tries++; throw new MemOSException(ErrorCodes.DiskFull, "full"); }, LongLog);
        Grow(log);
        long grown = LogBytes;
        MoveAll(log);
        Grow(log);
        Assert.InRange(LogBytes, grown, grown * 5 / 4);
        MoveAll(log);
        Assert.Equal(2, tries);
    }

    [Fact]
    public void A_reader_of_an_older_state_keeps_the_log_and_reads_on()
    {
        using var log = new WriteAheadLog(_database, Open, LongLog);
        Grow(log);
        using Database reader = Open();
        reader.Run("BEGIN");
        long seen = reader.RunInt64("SELECT count(*) FROM entry");
        Grow(log);
        MoveAll(log);
        long grown = LogBytes;
        Grow(log);
        Assert.True(LogBytes > grown);
        Assert.Equal(seen, reader.RunInt64("SELECT count(*) FROM entry"));
        reader.Run("COMMIT");
        MoveAll(log);
        grown = LogBytes;
        Grow(log);
        Assert.Equal(grown, LogBytes);
    }

    private Database Open() => Database.OpenWriter(File, new SqliteVaultOptions());

    // A page each, until the log is long.
    private void Grow(WriteAheadLog log)
    {
        for (int i = 0; i <= LongLog; i++)
        {
            _database.Run("INSERT INTO entry(value) VALUES (randomblob(4000))");
            log.AfterCommit();
        }
    }

    private static void MoveAll(WriteAheadLog log)
    {
        do
        {
            log.Move();
            log.Settle();
        }
        while (log.IsDue);
    }
}
