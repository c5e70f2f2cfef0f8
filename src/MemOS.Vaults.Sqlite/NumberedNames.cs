namespace MemOS.Vaults.Sqlite;

/// <summary>Names that stand as numbers in other tables (conversations, spaces). Used by the writer only; keeps the names it has seen last.</summary>
internal sealed class NumberedNames(Database database, string table)
{
    private const int Capacity = 4096;
    private readonly Dictionary<string, long> _known = new(StringComparer.Ordinal);
    private readonly string _find = string.Intern($"SELECT number FROM {table} WHERE name = ?");
    private readonly string _insert = string.Intern($"INSERT INTO {table}(number, name) VALUES ((SELECT coalesce(max(number), 0) + 1 FROM {table}), ?) RETURNING number");

    /// <summary>The number of a name, or null when it has none.</summary>
    public long? Find(string name)
    {
        if (_known.TryGetValue(name, out long known))
        {
            return known;
        }

        long? found = Run(_find, name);
        if (found is { } number)
        {
            Remember(name, number);
        }

        return found;
    }

    /// <summary>The number of a name; gives it one when it has none.</summary>
    public long Number(string name)
    {
        if (Find(name) is { } found)
        {
            return found;
        }

        long number = Run(_insert, name)!.Value; // the statement returns the row it inserted
        Remember(name, number);
        return number;
    }

    /// <summary>Forgets what was seen: rows were erased, or a transaction was rolled back.</summary>
    public void Clear() => _known.Clear();

    private long? Run(string sql, string name)
    {
        Statement statement = database.Lend(sql);
        try
        {
            statement.Bind(0, name);
            long? number = statement.Step() ? statement.Int64(0) : null;
            if (number is not null)
            {
                statement.Step();
            }

            return number;
        }
        finally
        {
            database.Return(statement);
        }
    }

    private void Remember(string name, long number)
    {
        if (_known.Count >= Capacity)
        {
            _known.Clear();
        }

        _known[name] = number;
    }
}
