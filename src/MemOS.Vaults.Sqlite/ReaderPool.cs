using System.Collections.Concurrent;

namespace MemOS.Vaults.Sqlite;

/// <summary>Read connections: one to a read, a few kept for the next. Reads run side by side with each other and with the writer.</summary>
internal sealed class ReaderPool(VaultFolder folder, SqliteVaultOptions options, TimeProvider clock) : IDisposable
{
    private readonly ConcurrentStack<Database> _idle = new();
    private volatile bool _disposed;

    public T Read<T>(Func<IVaultReader, T> read) => Use(database => Read(database, read));

    /// <summary>Hands out the connection itself, outside a transaction.</summary>
    public T ReadFile<T>(Func<Database, T> read) => Use(read);

    private T Use<T>(Func<Database, T> use)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        Database database = _idle.TryPop(out Database? idle) ? idle : Database.OpenReader(folder.DatabaseFile, options);
        bool good = false;
        try
        {
            T result = use(database);
            good = true;
            return result;
        }
        catch (Exception) when (!database.InTransaction)
        {
            // The delegate failed, not the connection: the transaction was ended in order.
            good = true;
            throw;
        }
        finally
        {
            GiveBack(database, good);
        }
    }

    public void Dispose()
    {
        _disposed = true;
        while (_idle.TryPop(out Database? database))
        {
            database.Dispose();
        }
    }

    private T Read<T>(Database database, Func<IVaultReader, T> read)
    {
        const string Begin = "BEGIN";
        const string End = "COMMIT";
        RunKept(database, Begin);
        SqliteVaultReader? reader = null;
        try
        {
            // The first row read fixes the snapshot.
            Counters counters = Counters.Read(database);
            long now = Math.Max(counters.Time, clock.GetUtcNow().UtcTicks);
            reader = new SqliteVaultReader(database, counters, Ticks.Decode(now), folder.MeasureBytes);
            return read(reader);
        }
        finally
        {
            reader?.End();
            database.ReturnAll();
            RunKept(database, End);
        }
    }

    private static void RunKept(Database database, string sql)
    {
        Statement statement = database.Lend(sql);
        try
        {
            statement.Step();
        }
        finally
        {
            database.Return(statement);
        }
    }

    private void GiveBack(Database database, bool good)
    {
        if (!good || _disposed || _idle.Count >= options.IdleReaders)
        {
            database.Dispose();
            return;
        }

        _idle.Push(database);
        if (_disposed)
        {
            Dispose();
        }
    }
}
