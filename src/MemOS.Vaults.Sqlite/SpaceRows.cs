namespace MemOS.Vaults.Sqlite;

/// <summary>Writes what a change says of embedding spaces: vectors for versions that were there before, the space in use, and what is removed with a former one.</summary>
internal sealed class SpaceRows(Database database, NumberedNames spaces)
{
    private const string Add =
        "INSERT OR IGNORE INTO vector(key, value, sum) SELECT ?1, ?2, ?3 WHERE EXISTS (SELECT 1 FROM version WHERE sequence = ?4)";

    private const string Remove =
        "DELETE FROM vector WHERE key IN (SELECT key FROM vector WHERE key >= ?1 AND key < ?2 ORDER BY key LIMIT ?3)";

    public void Write(VaultChange change)
    {
        if (change.Vectors.Count > 0)
        {
            Run(Add, statement => change.Vectors.ForEach(write => Insert(statement, write)));
        }

        if (change.Space is { } space)
        {
            Run("INSERT OR REPLACE INTO meta(key, value) VALUES ('space', ?)", statement =>
            {
                statement.Bind(0, space);
                statement.Execute();
            });
        }

        if (change.Removed is { } removed && spaces.Find(removed.Space) is { } number)
        {
            Run(Remove, statement =>
            {
                statement.Bind(0, VectorRows.Key(number, 0));
                statement.Bind(1, VectorRows.Key(number + 1, 0));
                statement.Bind(2, removed.AtMost);
                statement.Execute();
            });
        }
    }

    private void Insert(Statement statement, VectorWrite write)
    {
        long key = VectorRows.Key(spaces.Number(write.Vector.Space), write.Sequence);
        RowSum sum = VectorRows.Begin(key, write.Vector.Space);
        statement.Bind(0, key);
        VectorRows.Bind(statement, 1, write.Vector.Values.Span, ref sum);
        statement.Bind(2, sum.Value);
        statement.Bind(3, write.Sequence);
        statement.Execute();
    }

    private void Run(string sql, Action<Statement> run)
    {
        Statement statement = database.Lend(sql);
        try
        {
            run(statement);
        }
        finally
        {
            database.Return(statement);
        }
    }
}
