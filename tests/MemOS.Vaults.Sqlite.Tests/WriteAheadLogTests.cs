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

    [Fact]
    public void A_new_log_is_made_longer_in_leaps_up_to_the_length_of_a_log()
    {
        using var log = new WriteAheadLog(_database, Open, LongLog);
        List<long> lengths = [];
        for (int i = 0; i < LongLog / 4; i++) // some pages each
        {
            Write(log);
            lengths.Add(LogBytes);
        }

        Assert.InRange(lengths.Distinct().Count(), 2, 7);
        Grow(log);
        MoveAll(log);
        long grown = LogBytes;
        Grow(log);
        Assert.Equal(grown, LogBytes);
    }

    [Fact]
    public void What_was_committed_is_read_in_front_of_a_leap_and_what_is_committed_then_behind_it()
    {
        using var log = new WriteAheadLog(_database, Open, LongLog);
        for (int commits = 1; commits <= LongLog / 2; commits++)
        {
            Write(log);
            using TemporaryFolder crashed = new();
            string copy = Path.Combine(crashed.Path, "log.db");
            System.IO.File.Copy(File, copy);
            System.IO.File.Copy(File + "-wal", copy + "-wal");
            using Database opened = Database.OpenWriter(copy, new SqliteVaultOptions());
            opened.Run("INSERT INTO entry(value) VALUES (x'00')");
            Assert.Equal(commits + 1, opened.RunInt64("SELECT count(*) FROM entry"));
            Assert.Equal("ok", opened.Run("PRAGMA integrity_check"));
        }
    }

    [Fact]
    public void An_emptied_log_is_made_longer_anew()
    {
        using var log = new WriteAheadLog(_database, Open, LongLog);
        Grow(log);
        Assert.True(_database.TruncateLog());
        log.AfterEmptying();
        Write(log);
        long first = LogBytes;
        Write(log);
        Write(log);
        Write(log);
        Assert.InRange(first, 1, LongLog * 4120 / 2);
        Assert.True(LogBytes > first);
    }

    private Database Open() => Database.OpenWriter(File, new SqliteVaultOptions());

    // A page each, until the log is long.
    private void Grow(WriteAheadLog log)
    {
        for (int i = 0; i <= LongLog; i++)
        {
            Write(log);
        }
    }

    private void Write(WriteAheadLog log)
    {
        _database.Run("INSERT INTO entry(value) VALUES (randomblob(4000))");
        log.AfterCommit();
    }

    // What is under way ends first: it is gone on with when it is due, not before.
    private static void MoveAll(WriteAheadLog log)
    {
        log.Settle();
        do
        {
            log.Move();
            log.Settle();
        }
        while (log.IsDue);
    }
}
