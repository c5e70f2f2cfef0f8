using MemOS.Cubes;
using MemOS.Scheduler.Transitions;

namespace MemOS.Vaults.Sqlite;

/// <summary>The full check of a vault: SQLite's own, the checksum of every row, the hash of every payload, and the references between rows.</summary>
/// <param name="database">Any connection to it.</param>
/// <param name="payloads">Its payloads, or null to leave them out.</param>
internal sealed class VaultVerification(Database database, PayloadFiles? payloads)
{
    private readonly List<string> _findings = [];
    private long _sources;
    private long _edges;

    public IReadOnlyList<string> Run()
    {
        try
        {
            database.Run("BEGIN");
            CheckFile();
            CheckRows($"SELECT {CubeRows.Columns} {CubeRows.From}", row => CheckLinks(CubeRows.Decode(row, database.File)));
            CheckLinkCounts();
            CheckRows($"SELECT {MessageRows.Columns} {MessageRows.From}", row => MessageRows.Decode(row, database.File));
            CheckRows(
                "SELECT key, value, sum, (SELECT name FROM space WHERE number = key >> 40) FROM vector", row => VectorRows.Decode(row, 0, row.Text(3), database.File));
            CheckRows($"SELECT {SmallRows.AuditColumns} FROM audit", row => SmallRows.DecodeAudit(row, database.File));
            CheckRows($"SELECT {SmallRows.JobColumns} FROM job", row => SmallRows.DecodeJob(row, database.File));
            CheckRows($"SELECT {SmallRows.BranchColumns} FROM branch", row => SmallRows.DecodeBranch(row, database.File));
            CheckRows($"SELECT {SmallRows.UsageColumns} FROM usage", row => SmallRows.DecodeUsage(row, database.File));
            CheckRows(SmallRows.FindPolicy, row => OwnPolicy.Kept(SmallRows.DecodePolicy(row, database.File)));
            CheckNone("a cube and branch with other than one current version",
                "SELECT 1 FROM version GROUP BY cube, branch HAVING sum(tx_to = 9223372036854775807) <> 1");
            CheckNone("a gap between the versions of a cube", "SELECT 1 FROM version GROUP BY cube, branch HAVING max(number) - min(number) + 1 <> count(*)");
            CheckNone("a link of a version that is not there", """
                SELECT sequence FROM source UNION SELECT sequence FROM lineage UNION SELECT key & 0xffffffffff FROM vector EXCEPT SELECT sequence FROM version
                """);
            foreach (ContentHash hash in payloads is null ? [] : ForgettingProof.UsedPayloads(database))
            {
                Check(() => payloads?.Verify(hash));
            }
        }
        catch (MemOSException error)
        {
            _findings.Add(error.Message);
        }
        finally
        {
            database.ReturnAll();
            database.Rollback();
        }

        return _findings;
    }

    private void CheckFile()
    {
        using Statement rows = database.Prepare("PRAGMA integrity_check");
        while (rows.Step())
        {
            if (rows.Text(0) is not "ok" and var finding)
            {
                _findings.Add($"{database.File}: {finding}");
            }
        }
    }

    private void CheckRows<T>(string sql, Func<Statement, T> decode)
    {
        using Statement rows = database.Prepare(sql);
        while (rows.Step())
        {
            Check(() => decode(rows));
        }
    }

    // A version's header holds its links; the link tables must hold the same, or questions the other way round would miss some.
    private MemCube CheckLinks(MemCube cube)
    {
        foreach (long message in cube.Sources.Select(source => source.Number).Distinct())
        {
            _sources++;
            CheckLink("SELECT 1 FROM source WHERE message = ? AND sequence = ?", row => row.Bind(0, message), cube);
        }

        foreach (CubeId origin in cube.Lineage.Select(edge => edge.Cube).Distinct())
        {
            _edges++;
            CheckLink("SELECT 1 FROM lineage WHERE cube = ? AND sequence = ?", row => row.Bind(0, origin.Value), cube);
        }

        return cube;
    }

    private void CheckLink(string sql, Action<Statement> bind, MemCube cube)
    {
        Statement row = database.Lend(sql);
        try
        {
            bind(row);
            row.Bind(1, cube.Sequence);
            if (!row.Step())
            {
                _findings.Add($"{database.File} lacks a link of version {cube.Sequence}.");
            }
        }
        finally
        {
            database.Return(row);
        }
    }

    private void CheckLinkCounts()
    {
        // A version that cannot be read has not been counted.
        if (_findings.Count > 0)
        {
            return;
        }

        if (database.RunInt64("SELECT count(*) FROM source") != _sources || database.RunInt64("SELECT count(*) FROM lineage") != _edges)
        {
            _findings.Add($"{database.File} holds other links than its versions.");
        }
    }

    private void CheckNone(string what, string sql)
    {
        using Statement rows = database.Prepare(sql);
        if (rows.Step())
        {
            _findings.Add($"{database.File} holds {what}.");
        }
    }

    private void Check(Action check)
    {
        try
        {
            check();
        }
        catch (MemOSException error)
        {
            _findings.Add(error.Message);
        }
    }
}
