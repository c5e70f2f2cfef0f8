using MemOS.Cubes;
using MemOS.Governance;
using MemOS.Reader;
using MemOS.Scheduler;

namespace MemOS.Vaults.Sqlite;

/// <summary>Reads one snapshot over one connection: a pooled one for reads, the writer's own for plans.</summary>
/// <param name="database">The connection.</param>
/// <param name="counters">The last numbers given out when the snapshot was taken.</param>
/// <param name="now">The time of the read, or the transaction time of the plan.</param>
/// <param name="measureBytes">Measures the vault's folder.</param>
/// <param name="finds">For the writer's plans; without it a search for a text reads the hashes of all.</param>
internal sealed class SqliteVaultReader(
    Database database, Counters counters, DateTimeOffset now, Func<long> measureBytes, WriterFinds? finds = null) : IVaultReader
{
    private const string Versions = $"SELECT {CubeRows.Columns} {CubeRows.From} ";
    private const string Messages = $"SELECT {MessageRows.Columns} {MessageRows.From} ";
    private bool _ended;
    private string? _space;
    private long _spaceNumber;

    public long LastSequence => counters.Sequence;

    public long LastMessageNumber => counters.Message;

    public long LastJobNumber => counters.Job;

    public DateTimeOffset Now => now;

    public MemCube? Find(CubeId id, BranchName branch = default)
    {
        const string Last = Versions + "WHERE v.cube = ? AND v.branch = ? AND v.sequence <= ? ORDER BY v.number DESC LIMIT 1";
        long lastOfMain = long.MaxValue;
        if (!branch.IsMain)
        {
            if (FindBranch(branch) is not { } found)
            {
                return null;
            }

            if (First(Last, Cube, id, found.Number, long.MaxValue) is { } changed)
            {
                return changed;
            }

            lastOfMain = found.Branch.BaseSequence;
        }

        return First(Last, Cube, id, 0, lastOfMain);
    }

    public MemCube? FindVersion(CubeId id, int version, BranchName branch = default)
    {
        const string ByNumber = Versions + "WHERE v.cube = ? AND v.branch = ? AND v.number = ? AND v.sequence <= ?";
        if (branch.IsMain)
        {
            return First(ByNumber, Cube, id, 0, version, long.MaxValue);
        }

        return FindBranch(branch) is not { } found ? null
            : First(ByNumber, Cube, id, found.Number, version, long.MaxValue)
            ?? First(ByNumber, Cube, id, 0, version, found.Branch.BaseSequence);
    }

    public MemCube? FindAsOf(CubeId id, DateTimeOffset asOf) => First(
        Versions + "WHERE v.cube = ?1 AND v.branch = 0 AND v.tx_from <= ?2 AND v.tx_to > ?2",
        Cube, id, asOf.UtcTicks);

    public IReadOnlyList<MemCube> History(CubeId id, BranchName branch = default) => BranchNumber(branch) is not { } number ? [] : All(
        Versions + "WHERE v.cube = ? AND v.branch = ? ORDER BY v.number", Cube, id, number);

    public IEnumerable<MemCube> ReadCurrent(long afterSequence = 0) => Query(
        Versions + "WHERE v.sequence > ? AND v.tx_to = 9223372036854775807 AND v.branch = 0 ORDER BY v.sequence", Cube, afterSequence);

    public IEnumerable<MemCube> ReadStored(PayloadKind kind)
    {
        // The index of payloads is small where few cubes have one.
        const string Stored = Versions + "WHERE v.sequence IN (SELECT sequence FROM version INDEXED BY version_payload WHERE payload IS NOT NULL) " +
            "AND v.kind = ? AND v.tx_to = 9223372036854775807 AND v.branch = 0 ORDER BY v.sequence";
        return Query(Stored, Cube, (long)kind);
    }

    public IEnumerable<(MemCube Cube, CubeVector? Vector)> ReadCurrentWithVectors(string space, long afterSequence = 0)
    {
        const string WithVectors =
            $"SELECT {CubeRows.Columns}, e.key, e.value, e.sum {CubeRows.From} LEFT JOIN vector e ON e.key = (?2 << 40 | v.sequence) " +
            "WHERE v.sequence > ?1 AND v.tx_to = 9223372036854775807 AND v.branch = 0 ORDER BY v.sequence";
        return Query(WithVectors, row => (Cube(row), Vector(row)), afterSequence, SpaceNumber(space));

        CubeVector? Vector(Statement row) => row.IsNull(CubeRows.Count) ? null : new CubeVector(space, VectorRows.Decode(row, CubeRows.Count, space, database.File));
    }

    public CubeVector? FindVector(long sequence, string space) => First(
        "SELECT e.key, e.value, e.sum FROM vector e WHERE e.key = ((SELECT number FROM space WHERE name = ?2) << 40 | ?1)",
        row => new CubeVector(space, VectorRows.Decode(row, 0, space, database.File)),
        sequence,
        space);

    public bool TryReadVector(long sequence, string space, Span<float> values)
    {
        Statement row = Lend("SELECT key, value, sum FROM vector WHERE key = ?");
        try
        {
            row.Bind(0, VectorRows.Key(SpaceNumber(space), sequence));
            return row.Step() && VectorRows.TryDecode(row, 0, space, database.File, values);
        }
        finally
        {
            database.Return(row);
        }
    }

    public string? Space => First("SELECT value FROM meta WHERE key = 'space'", row => row.Text(0));

    public string? StatePolicy => First(SmallRows.FindPolicy, row => SmallRows.DecodePolicy(row, database.File));

    public IReadOnlyList<string> ReadSpaces() => All(
        "SELECT name FROM space WHERE EXISTS (SELECT 1 FROM vector WHERE key >= (number << 40) AND key < (number + 1 << 40)) ORDER BY name", row => row.Text(0));

    public long CountVectors(string space) => First(
        "SELECT count(*) FROM vector WHERE key >= (?1 << 40) AND key < (?1 + 1 << 40)", row => row.Int64(0), SpaceNumber(space));

    public IEnumerable<MemCube> ReadWithoutVector(string space, long afterSequence = 0) => Query(
        Versions + "WHERE v.sequence > ?1 AND v.text IS NOT NULL AND NOT EXISTS (SELECT 1 FROM vector WHERE key = (?2 << 40 | v.sequence)) ORDER BY v.sequence",
        Cube, afterSequence, SpaceNumber(space));

    public IEnumerable<MemCube> ReadAsOf(DateTimeOffset asOf) => Query(
        Versions + "WHERE v.branch = 0 AND v.tx_from <= ?1 AND v.tx_to > ?1 ORDER BY v.sequence", Cube, asOf.UtcTicks);

    public IEnumerable<MemCube> ReadBranch(BranchName branch) => branch.IsMain ? ReadCurrent() : BranchNumber(branch) is not { } number ? [] : Query(
        Versions + "WHERE v.branch = ? AND v.branch <> 0 AND v.tx_to = 9223372036854775807 ORDER BY v.sequence", Cube, number);

    public MemCube? FindBySequence(long sequence)
    {
        Statement row = Lend(Versions + "WHERE v.sequence = ?");
        try
        {
            row.Bind(0, sequence);
            return row.Step() ? Cube(row) : null;
        }
        finally
        {
            database.Return(row);
        }
    }

    public ulong? HistoryStamp(long sequence)
    {
        // A transaction time is given once; the number of forgettings tells whether anything before it is gone.
        string forgettings = First("SELECT value FROM meta WHERE key = 'forgettings'", row => row.Text(0)) ?? "0";
        return First(
            "SELECT tx_from, cube FROM version WHERE sequence = ?",
            row =>
            {
                var sum = new RowSum(sequence);
                sum.Add(row.Int64(0));
                sum.AddColumn(row, 1);
                sum.Add(forgettings);
                return (ulong?)sum.Value;
            },
            sequence);
    }

    public bool UsesPayload(ContentHash payload) => First("SELECT 1 FROM version WHERE payload = ? LIMIT 1", row => row.Int64(0), payload) == 1;

    public IReadOnlyList<MemCube> FindByText(long textHash)
    {
        const string InOrder = Versions + "INDEXED BY version_chain WHERE v.text_hash = ? AND v.tx_to = 9223372036854775807 ORDER BY v.sequence";
        const string AtPlace = Versions + "WHERE v.sequence = ? AND v.text_hash = ? AND v.tx_to = 9223372036854775807";
        if (finds is null)
        {
            return All(InOrder, Cube, textHash);
        }

        IReadOnlyList<long> places = finds.Texts.Find(textHash);
        return places.Count == 0 ? [] : [.. places.Select(sequence => First(AtPlace, Cube, sequence, textHash)).OfType<MemCube>()];
    }

    public IReadOnlyList<MemCube> FindByFactKey(string factKey) => All(
        Versions + "WHERE v.fact_key = ? AND v.fact_key IS NOT NULL AND v.tx_to = 9223372036854775807 AND v.branch = 0 ORDER BY v.valid_from, v.sequence",
        Cube, factKey);

    public IReadOnlyList<CubeId> FindBySource(long messageNumber) => All(
        "SELECT v.cube, min(v.sequence) FROM source s JOIN version v ON v.sequence = s.sequence WHERE s.message = ? GROUP BY v.cube ORDER BY 2",
        row => new CubeId(row.Guid(0)), messageNumber);

    public IReadOnlyList<(CubeId Cube, Derivation Derivation)> FindDerived(CubeId id) =>
    [
        .. Query(
            Versions + "JOIN lineage l ON l.sequence = v.sequence WHERE l.cube = ? ORDER BY v.sequence", Cube, id)
            .SelectMany(cube => cube.Lineage.Where(edge => edge.Cube == id).Select(edge => (cube.Id, edge)))
            .Distinct(),
    ];

    public Message? FindMessage(string id, string? conversation) => finds is null ? First(
        Messages + "WHERE m.conversation = CASE WHEN ?2 IS NULL THEN 0 ELSE (SELECT number FROM conversation WHERE name = ?2) END AND m.id = ?1",
        Message, id, conversation)
        : finds.Messages.Find(conversation, id) is { } number ? FindMessage(number) : null;

    public Message? FindMessage(long number) => First(Messages + "WHERE m.number = ?", Message, number);

    public IEnumerable<Message> ReadMessages(long first = 1, long last = long.MaxValue) => Query(
        Messages + "WHERE m.number BETWEEN ? AND ? ORDER BY m.number", Message, first, last);

    public IEnumerable<Message> ReadConversation(string? conversation)
    {
        // The numbers come out of the index alone and are sorted before a row is fetched.
        const string OfConversation =
            Messages + "JOIN (SELECT number FROM message WHERE conversation = CASE WHEN ?1 IS NULL THEN 0 ELSE " +
            "(SELECT number FROM conversation WHERE name = ?1) END ORDER BY number) o ON o.number = m.number ORDER BY o.number";
        return Query(OfConversation, Message, conversation);
    }

    public IEnumerable<(CubeId Cube, CubeUsage Usage)> ReadUsage() => Query(
        $"SELECT {SmallRows.UsageColumns} FROM usage", row => (new CubeId(row.Guid(0)), SmallRows.DecodeUsage(row, database.File)));

    public CubeUsage Usage(CubeId id) => First(
        $"SELECT {SmallRows.UsageColumns} FROM usage WHERE cube = ?", row => SmallRows.DecodeUsage(row, database.File), id) ?? CubeUsage.None;

    public IReadOnlyList<AuditEntry> ReadAudit(AuditQuery query)
    {
        ArgumentNullException.ThrowIfNull(query);
        // "?6 IS ?6" lets the statement without a cube take the same six values.
        const string Rest =
            "?6 IS ?6 AND at >= ?1 AND at < ?2 AND (?3 IS NULL OR caller = ?3) AND (?4 IS NULL OR operation = ?4) ORDER BY sequence DESC LIMIT ?5";
        return All(
            query.Cube is null
                ? $"SELECT {SmallRows.AuditColumns} FROM audit WHERE {Rest}"
                : $"SELECT {SmallRows.AuditColumns} FROM audit WHERE cube = ?6 AND cube IS NOT NULL AND {Rest}",
            row => SmallRows.DecodeAudit(row, database.File),
            query.Time.From?.UtcTicks ?? 0,
            query.Time.To?.UtcTicks ?? long.MaxValue,
            query.Caller,
            query.Operation,
            query.Limit,
            query.Cube);
    }

    public IReadOnlyList<VaultJob> ReadDueJobs(int limit) => All(
        $"SELECT {SmallRows.JobColumns} FROM job WHERE dead = 0 AND due <= ? ORDER BY number LIMIT ?",
        row => SmallRows.DecodeJob(row, database.File), now.UtcTicks, limit);

    public IReadOnlyList<VaultJob> ReadDeadJobs(int limit) => All(
        $"SELECT {SmallRows.JobColumns} FROM job WHERE dead <> 0 ORDER BY number LIMIT ?",
        row => SmallRows.DecodeJob(row, database.File), limit);

    public IReadOnlyList<VaultJob> ReadJobs(long afterNumber, int limit) => All(
        $"SELECT {SmallRows.JobColumns} FROM job WHERE number > ? ORDER BY number LIMIT ?",
        row => SmallRows.DecodeJob(row, database.File), afterNumber, limit);

    public IReadOnlyList<Branch> ReadBranches() => All(
        $"SELECT {SmallRows.BranchColumns} FROM branch ORDER BY name", row => SmallRows.DecodeBranch(row, database.File).Branch);

    public VaultStatistics Statistics() => First(
        """
        SELECT (SELECT count(*) FROM message), (SELECT count(*) FROM version WHERE tx_to = 9223372036854775807 AND branch = 0), (SELECT count(*) FROM version),
            (SELECT count(*) FROM job WHERE dead = 0), (SELECT count(*) FROM job WHERE dead <> 0)
        """,
        row => new VaultStatistics(row.Int64(0), row.Int64(1), row.Int64(2), row.Int64(3), row.Int64(4), counters.Sequence, measureBytes()))!; // a select without a table has one row

    /// <summary>Ends the snapshot: statements left open are closed, and sequences still held throw from now on.</summary>
    public void End()
    {
        _ended = true;
        database.ReturnAll();
    }

    /// <summary>The number and base of a branch other than main, or null.</summary>
    public (long Number, Branch Branch)? FindBranch(BranchName name) => First(
        $"SELECT {SmallRows.BranchColumns} FROM branch WHERE name = ?",
        row => ((long Number, Branch Branch)?)SmallRows.DecodeBranch(row, database.File), name.Value);

    // Most callers ask about one space many times.
    private long SpaceNumber(string space)
    {
        if (_space != space)
        {
            _spaceNumber = First("SELECT number FROM space WHERE name = ?", row => (long?)row.Int64(0), space) ?? 0;
            _space = space;
        }

        return _spaceNumber;
    }

    private long? BranchNumber(BranchName name) => name.IsMain ? 0 : FindBranch(name)?.Number;

    private MemCube Cube(Statement row) => CubeRows.Decode(row, database.File);

    private Message Message(Statement row) => MessageRows.Decode(row, database.File);

    private Statement Lend(string sql)
    {
        ObjectDisposedException.ThrowIf(_ended, this);
        return database.Lend(sql);
    }

    private IEnumerable<T> Query<T>(string sql, Func<Statement, T> decode, params object?[] values)
    {
        Statement row = Lend(sql);
        try
        {
            for (int i = 0; i < values.Length; i++)
            {
                Bind(row, i, values[i]);
            }

            while (row.Step())
            {
                yield return decode(row);
                ObjectDisposedException.ThrowIf(_ended, this);
            }
        }
        finally
        {
            database.Return(row);
        }
    }

    private IReadOnlyList<T> All<T>(string sql, Func<Statement, T> decode, params object?[] values) => [.. Query(sql, decode, values)];

    private T? First<T>(string sql, Func<Statement, T> decode, params object?[] values) => Query(sql, decode, values).FirstOrDefault();

    private static void Bind(Statement row, int index, object? value)
    {
        switch (value)
        {
            case long number:
                row.Bind(index, number);
                break;
            case int number:
                row.Bind(index, number);
                break;
            case CubeId cube:
                row.Bind(index, cube.Value);
                break;
            case ContentHash hash:
                row.Bind(index, Convert.FromHexString(hash.Value));
                break;
            case string text:
                row.Bind(index, text);
                break;
            case null:
                row.BindNull(index);
                break;
            default:
                throw new ArgumentException($"A {value.GetType()} is no column value.", nameof(value));
        }
    }
}
