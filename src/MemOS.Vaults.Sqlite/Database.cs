using SQLitePCL;

namespace MemOS.Vaults.Sqlite;

/// <summary>One connection to a vault's file with its prepared statements. Used by one thread at a time.</summary>
internal sealed class Database : IDisposable
{
    private const int BusyMilliseconds = 5000;

    private readonly Dictionary<string, Stack<Statement>> _idle = new(ReferenceEqualityComparer.Instance);
    private readonly List<Statement> _lent = [];
    private readonly HashSet<Statement> _all = [];
    private readonly sqlite3 _connection;

    static Database() => Batteries_V2.Init();

    private Database(sqlite3 connection, string file) => (_connection, File) = (connection, file);

    /// <summary>The path of the file.</summary>
    public string File { get; }

    /// <summary>Whether a transaction is open; an error may have ended it.</summary>
    public bool InTransaction => raw.sqlite3_get_autocommit(_connection) == 0;

    public static Database OpenWriter(string file, SqliteVaultOptions options) => Open(file, raw.SQLITE_OPEN_READWRITE, database =>
    {
        database.Run("PRAGMA journal_mode = WAL");
        database.Run("PRAGMA synchronous = FULL");
        database.Run("PRAGMA secure_delete = ON");
        database.Run("PRAGMA temp_store = MEMORY");
        database.Run("PRAGMA cache_size = -2048");
        database.Run("PRAGMA wal_autocheckpoint = 0"); // the write-ahead log's keeper decides
    });

    public static Database OpenReader(string file, SqliteVaultOptions options) => Open(file, raw.SQLITE_OPEN_READONLY, database =>
    {
        database.Run("PRAGMA temp_store = MEMORY");
        database.Run($"PRAGMA mmap_size = {options.ReaderMemoryMapBytes}");
    });

    /// <summary>Gives a connection that writes much room for the pages that it changes again and again.</summary>
    public void EnlargeCache() => Run("PRAGMA cache_size = -16384");

    /// <summary>Makes an empty file, to be filled by the migrations.</summary>
    public static Database Create(string file) => Open(file, raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_CREATE, database =>
    {
        database.Run("PRAGMA page_size = 4096");
        database.Run("PRAGMA secure_delete = ON");
    });

    /// <summary>Takes a statement; it is given back with <see cref="Return"/>. Statements are known by the reference of their text, which is a constant.</summary>
    public Statement Lend(string sql)
    {
        Statement statement = _idle.TryGetValue(sql, out Stack<Statement>? stack) && stack.TryPop(out Statement? idle) ? idle : Prepare(sql);
        _lent.Add(statement);
        return statement;
    }

    public void Return(Statement statement)
    {
        statement.Reset();
        if (!_lent.Remove(statement))
        {
            return;
        }

        if (!_idle.TryGetValue(statement.Sql, out Stack<Statement>? stack))
        {
            _idle[statement.Sql] = stack = new Stack<Statement>();
        }

        stack.Push(statement);
    }

    /// <summary>Takes back all statements that a reader left open.</summary>
    public void ReturnAll()
    {
        while (_lent.Count > 0)
        {
            Return(_lent[^1]);
        }
    }

    /// <summary>Prepares a statement that the caller keeps and disposes.</summary>
    public Statement Prepare(string sql)
    {
        int code = raw.sqlite3_prepare_v3(_connection, sql, raw.SQLITE_PREPARE_PERSISTENT, out sqlite3_stmt handle);
        if (code != raw.SQLITE_OK)
        {
            throw Error(code);
        }

        var statement = new Statement(this, sql, handle);
        _all.Add(statement);
        return statement;
    }

    /// <summary>Called by a statement that is disposed before its connection.</summary>
    public void Forget(Statement statement) => _all.Remove(statement);

    /// <summary>Runs one statement once and returns the first column of its first row as text, or null.</summary>
    public string? Run(string sql)
    {
        using Statement statement = Prepare(sql);
        if (!statement.Step())
        {
            return null;
        }

        string? first = statement.NullableText(0);
        while (statement.Step())
        {
        }

        return first;
    }

    /// <summary>Runs statements that return nothing.</summary>
    public void RunScript(string sql)
    {
        string rest = sql;
        while (!string.IsNullOrWhiteSpace(rest))
        {
            int code = raw.sqlite3_prepare_v2(_connection, rest, out sqlite3_stmt handle, out rest);
            using (handle)
            {
                code = code == raw.SQLITE_OK && !handle.IsInvalid ? raw.sqlite3_step(handle) : code;
            }

            if (code is not (raw.SQLITE_OK or raw.SQLITE_DONE))
            {
                throw Error(code);
            }
        }
    }

    public long RunInt64(string sql)
    {
        using Statement statement = Prepare(sql);
        return statement.Step() ? statement.Int64(0) : 0;
    }

    /// <summary>Moves the log into the file and empties it; false when a reader stood in the way for longer than a short while.</summary>
    /// <remarks>Many short tries get between readers where one long one, which looks at the locks as they were when it began, does not.</remarks>
    public bool TruncateLog()
    {
        _ = raw.sqlite3_busy_timeout(_connection, 40);
        try
        {
            using Statement statement = Prepare("PRAGMA wal_checkpoint(TRUNCATE)");
            return statement.Step() && statement.Int64(0) == 0;
        }
        finally
        {
            _ = raw.sqlite3_busy_timeout(_connection, BusyMilliseconds);
        }
    }

    /// <summary>Moves as much of the log into the file as readers allow, without waiting for any; true when that was all of it.</summary>
    public bool MoveLog()
    {
        using Statement statement = Prepare("PRAGMA wal_checkpoint(PASSIVE)");
        return statement.Step() && statement.Int64(0) == 0 && statement.Int64(1) == statement.Int64(2);
    }

    /// <summary>How many pages this connection has written to the log since it was opened.</summary>
    public long PagesWritten()
    {
        const int CacheWrite = 9; // SQLITE_DBSTATUS_CACHE_WRITE
        return raw.sqlite3_db_status(_connection, CacheWrite, out int pages, out _, 0) == raw.SQLITE_OK ? (uint)pages : 0;
    }

    public void Rollback()
    {
        if (InTransaction)
        {
            Run("ROLLBACK");
        }
    }

    public MemOSException Error(int code) => SqliteErrors.FromCode(
        raw.sqlite3_extended_errcode(_connection) is var extended && (extended & 0xff) == (code & 0xff) ? extended : code,
        raw.sqlite3_errmsg(_connection).utf8_to_string(),
        File);

    public void Dispose()
    {
        // SQLite closes a file only when its last statement is gone.
        foreach (Statement statement in _all.ToArray())
        {
            statement.Dispose();
        }

        _idle.Clear();
        _lent.Clear();
        _connection.Dispose();
    }

    private static Database Open(string file, int mode, Action<Database> configure)
    {
        // One thread at a time uses a connection, so that the library's own lock around each call would only cost time.
        int code = raw.sqlite3_open_v2(file, out sqlite3 connection, mode | raw.SQLITE_OPEN_NOMUTEX, null);
        var database = new Database(connection, file);
        try
        {
            if (code != raw.SQLITE_OK)
            {
                throw database.Error(code);
            }

            _ = raw.sqlite3_extended_result_codes(connection, 1);
            _ = raw.sqlite3_busy_timeout(connection, BusyMilliseconds);
            configure(database);
            return database;
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }
}
