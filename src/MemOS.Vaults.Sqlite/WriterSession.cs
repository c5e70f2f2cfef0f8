namespace MemOS.Vaults.Sqlite;

/// <summary>The writer's connection with its prepared statements and the numbers given out. Made anew when a commit failed.</summary>
internal sealed class WriterSession : IDisposable
{
    // A vault that is mostly read, and writes a little or counts uses, stays small in memory.
    private const int Many = 256;

    private readonly NumberedNames _conversations;
    private readonly NumberedNames _spaces;
    private readonly ChangeCheck _check;
    private readonly ChangeWriter _writer;
    private readonly MessageIds _messages;
    private readonly TextTable _texts;
    private readonly Forgetting _forgetting;
    private readonly ChangePlan _plan = new();
    private readonly VaultFolder _folder;
    private readonly Statement _begin;
    private readonly Statement _commit;
    private readonly Func<long>? _pageLimit;
    private Counters _beforeGroup;
    private int _written;
    private Counters _counters;

    public WriterSession(Database database, VaultFolder folder, PayloadFiles payloads, IndexFile index, SqliteVaultOptions options)
    {
        Database = database;
        _folder = folder;
        _pageLimit = options.PageLimit;
        _conversations = new NumberedNames(database, "conversation");
        _spaces = new NumberedNames(database, "space");
        _messages = new MessageIds(database, _conversations);
        _check = new ChangeCheck(database, _messages, payloads);
        _texts = new TextTable(database);
        _writer = new ChangeWriter(database, _conversations, _spaces, _messages, _texts);
        _forgetting = new Forgetting(database, _conversations);
        _begin = database.Prepare("BEGIN IMMEDIATE");
        _commit = database.Prepare("COMMIT");
        _counters = Counters.Read(database);
        Log = new WriteAheadLog(database, () => Database.OpenWriter(folder.DatabaseFile, options), options.CheckpointPages);
        Proof = new ForgettingProof(database, folder, payloads, index, options);
    }

    public Database Database { get; }

    public WriteAheadLog Log { get; }

    public ForgettingProof Proof { get; }

    /// <summary>Whether the open transaction holds a change.</summary>
    public bool HasChanges => _counters != _beforeGroup;

    public void Begin()
    {
        if (_pageLimit is not null)
        {
            Database.Run($"PRAGMA max_page_count = {_pageLimit()}");
        }

        _begin.Execute();
        _beforeGroup = _counters;
    }

    /// <summary>Runs a plan and writes its change. The change is null when the plan wrote nothing.</summary>
    /// <param name="request">The write.</param>
    /// <param name="clock">For the transaction time, which rises with every change even when the clock does not.</param>
    /// <param name="forgotten">Notes what is erased.</param>
    /// <exception cref="RefusedException">The plan threw or the change was refused; the transaction goes on without it.</exception>
    public void Run(WriteRequest request, TimeProvider clock, ForgottenContent forgotten)
    {
        request.Change = null;
        _messages.Begin();
        long time = Math.Max(clock.GetUtcNow().UtcTicks, _counters.Time + 1);
        var change = new VaultChange();
        var reader = new SqliteVaultReader(Database, _counters, Ticks.Decode(time), _folder.MeasureBytes, new WriterFinds(_messages, _texts));
        try
        {
            request.Plan(reader, change);
            if (change.IsEmpty)
            {
                return;
            }

            _check.Run(change, reader, _plan);
        }
        catch (Exception error) when (Database.InTransaction)
        {
            throw new RefusedException(error);
        }
        finally
        {
            reader.End();
        }

        _counters = _writer.Write(change, _plan, _counters, time);
        if (change.ForgottenCubes.Count + change.ForgottenMessages.Count > 0)
        {
            _forgetting.Erase(change, forgotten);
        }

        _written += change.Cubes.Count;
        request.Change = change;
    }

    public void Commit()
    {
        _counters.Write(Database);
        _commit.Execute();
        Log.AfterCommit();
        if (_written >= Many)
        {
            Database.EnlargeCache();
            _written = int.MinValue;
        }
    }

    /// <summary>Ends the transaction without its changes.</summary>
    public void Rollback()
    {
        Database.ReturnAll();
        Database.Rollback();
        _counters = _beforeGroup;
        _conversations.Clear();
        _spaces.Clear();
    }

    public void Dispose()
    {
        Log.Dispose();
        Database.Dispose();
    }
}
