namespace MemOS.Vaults.Sqlite;

/// <summary>Gives every version of an older format the hash of its text that this release computes.</summary>
internal static class TextHashes
{
    private const int BatchSize = 1000;

    /// <summary>Writes the hashes anew inside the open transaction. A row that does not have its checksum is left as it is, to be named by whoever reads it.</summary>
    public static void Renew(Database database)
    {
        using Statement rows = database.Prepare($"SELECT {CubeRows.Columns} {CubeRows.From} WHERE v.sequence > ? AND v.text_hash IS NOT NULL ORDER BY v.sequence LIMIT {BatchSize}");
        using Statement update = database.Prepare("UPDATE version SET text_hash = ?, sum = ? WHERE sequence = ?");
        List<(long Sequence, long Hash, long Sum)> renewed = [];
        long last = 0;
        for (int read = BatchSize; read == BatchSize;)
        {
            read = 0;
            renewed.Clear();
            rows.Bind(0, last);
            for (; rows.Step(); read++)
            {
                last = rows.Int64(0);
                if (CubeRows.HasItsSum(rows) && CubeRows.Decode(rows, database.File) is { Text: { } text } cube)
                {
                    long hash = TextIdentity.Hash(cube.Descriptive.Speaker, text);
                    renewed.Add((last, hash, CubeRows.SumWith(rows, hash)));
                }
            }

            rows.Reset();
            foreach ((long sequence, long hash, long sum) in renewed)
            {
                update.Bind(0, hash);
                update.Bind(1, sum);
                update.Bind(2, sequence);
                update.Execute();
            }
        }
    }
}
