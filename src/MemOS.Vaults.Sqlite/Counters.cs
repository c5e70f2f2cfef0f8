namespace MemOS.Vaults.Sqlite;

/// <summary>The last numbers that the vault gave out. They are stored, so that a number is never given twice, whatever is erased.</summary>
/// <param name="Sequence">Of a version.</param>
/// <param name="Message">Of a message.</param>
/// <param name="Audit">Of an entry of the audit log.</param>
/// <param name="Job">Of a job.</param>
/// <param name="Time">The last transaction time, in UTC ticks.</param>
internal readonly record struct Counters(long Sequence, long Message, long Audit, long Job, long Time)
{
    private const string Select = "SELECT sequence, message, audit, job, time, sum FROM counter WHERE id = 1";

    private const string Update = "UPDATE counter SET sequence = ?, message = ?, audit = ?, job = ?, time = ?, sum = ? WHERE id = 1";

    public static Counters Read(Database database)
    {
        Statement row = database.Lend(Select);
        try
        {
            if (!row.Step())
            {
                throw SqliteErrors.Corrupted(database.File, "its counters are missing");
            }

            var counters = new Counters(row.Int64(0), row.Int64(1), row.Int64(2), row.Int64(3), row.Int64(4));
            return counters.Sum == row.Int64(5) ? counters : throw SqliteErrors.Corrupted(database.File, "its counters do not have their checksum");
        }
        finally
        {
            database.Return(row);
        }
    }

    public static void Create(Database database) =>
        database.Run($"INSERT INTO counter(id, sequence, message, audit, job, time, sum) VALUES (1, 0, 0, 0, 0, 0, {default(Counters).Sum})");

    public void Write(Database database)
    {
        Statement statement = database.Lend(Update);
        try
        {
            statement.Bind(0, Sequence);
            statement.Bind(1, Message);
            statement.Bind(2, Audit);
            statement.Bind(3, Job);
            statement.Bind(4, Time);
            statement.Bind(5, Sum);
            statement.Step();
        }
        finally
        {
            database.Return(statement);
        }
    }

    private long Sum
    {
        get
        {
            var sum = new RowSum(1);
            sum.Add(Sequence);
            sum.Add(Message);
            sum.Add(Audit);
            sum.Add(Job);
            sum.Add(Time);
            return sum.Value;
        }
    }
}
