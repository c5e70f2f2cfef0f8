using MemOS.Cubes;
using MemOS.Governance;
using MemOS.Scheduler;

namespace MemOS.Vaults.Sqlite;

/// <summary>Writes what stands beside messages and cubes: audit entries, jobs, usage, branches.</summary>
internal sealed class SideRows(Database database)
{
    private readonly Statement _audit = database.Prepare(
        "INSERT INTO audit(sequence, at, version, cube, caller, operation, detail, sum) VALUES (?, ?, ?, ?, ?, ?, ?, ?)");

    private readonly Statement _job = database.Prepare(
        "INSERT INTO job(number, dead, due, attempts, kind, argument, failure, sum) VALUES (?, ?, ?, ?, ?, ?, ?, ?)");

    private readonly Statement _replaceJob = database.Prepare(
        "UPDATE job SET dead = ?2, due = ?3, attempts = ?4, kind = ?5, argument = ?6, failure = ?7, sum = ?8 WHERE number = ?1");

    private readonly Statement _finishJob = database.Prepare("DELETE FROM job WHERE number = ?");
    private readonly Statement _findUsage = database.Prepare($"SELECT {SmallRows.UsageColumns} FROM usage WHERE cube = ?");
    private readonly Statement _cubeExists = database.Prepare("SELECT 1 FROM version WHERE cube = ? LIMIT 1");
    private readonly Statement _usage = database.Prepare("INSERT OR REPLACE INTO usage(cube, uses, last, heat, sum) VALUES (?, ?, ?, ?, ?)");

    /// <summary>Notes what the vault says of its own about KV states; empty for nothing.</summary>
    public void NotePolicy(string policy)
    {
        Statement statement = database.Lend(policy.Length == 0 ? "DELETE FROM meta WHERE key = 'state_policy'" : "INSERT OR REPLACE INTO meta(key, value) VALUES ('state_policy', ?)");
        try
        {
            if (policy.Length > 0)
            {
                statement.Bind(0, SmallRows.EncodePolicy(policy));
            }

            statement.Execute();
        }
        finally
        {
            database.Return(statement);
        }
    }

    public void Insert(AuditEntry entry)
    {
        _audit.Bind(0, entry.Sequence);
        _audit.Bind(1, entry.At.UtcTicks);
        _audit.Bind(2, entry.Version);
        if (entry.Cube.IsDefault)
        {
            _audit.BindNull(3);
        }
        else
        {
            _audit.Bind(3, entry.Cube.Value);
        }

        _audit.Bind(4, entry.Caller);
        _audit.Bind(5, entry.Operation);
        _audit.Bind(6, entry.Detail);
        _audit.Bind(7, SmallRows.Sum(entry));
        _audit.Execute();
    }

    public void Insert(VaultJob job) => Write(_job, job);

    /// <summary>Writes a job back; nothing happens when it was finished meanwhile.</summary>
    public void Update(VaultJob job) => Write(_replaceJob, job);

    public void FinishJob(long number)
    {
        _finishJob.Bind(0, number);
        _finishJob.Execute();
    }

    /// <summary>Counts uses of a cube; those of a cube that is not there (any more) are dropped.</summary>
    public void Count(UsageDelta delta)
    {
        if (!Exists(delta.Cube))
        {
            return;
        }

        CubeUsage usage = delta.ApplyTo(FindUsage(delta.Cube));
        _usage.Bind(0, delta.Cube.Value);
        _usage.Bind(1, usage.Uses);
        _usage.Bind(2, usage.LastUsed?.UtcTicks);
        _usage.Bind(3, usage.Heat);
        _usage.Bind(4, SmallRows.Sum(delta.Cube, usage));
        _usage.Execute();
    }

    /// <summary>Opens a branch and returns its number.</summary>
    public long OpenBranch(Branch branch)
    {
        long number = database.RunInt64("SELECT coalesce(max(number), 0) + 1 FROM branch");
        using Statement insert = database.Prepare("INSERT INTO branch(number, name, base, created, sum) VALUES (?, ?, ?, ?, ?)");
        insert.Bind(0, number);
        insert.Bind(1, branch.Name.Value);
        insert.Bind(2, branch.BaseSequence);
        insert.Bind(3, branch.CreatedAt.UtcTicks);
        insert.Bind(4, SmallRows.Sum(number, branch));
        insert.Step();
        return number;
    }

    /// <summary>Removes a branch with its versions.</summary>
    public void CloseBranch(BranchName name)
    {
        string[] statements =
        [
            "DELETE FROM source WHERE sequence IN (SELECT sequence FROM version WHERE branch = ?1 AND branch <> 0)",
            "DELETE FROM lineage WHERE sequence IN (SELECT sequence FROM version WHERE branch = ?1 AND branch <> 0)",
            "DELETE FROM vector WHERE key IN (SELECT s.number << 40 | v.sequence FROM version v CROSS JOIN space s WHERE v.branch = ?1 AND v.branch <> 0)",
            "DELETE FROM version WHERE branch = ?1 AND branch <> 0",
            "DELETE FROM usage WHERE cube NOT IN (SELECT cube FROM version)",
            "DELETE FROM branch WHERE number = ?1",
        ];
        using Statement find = database.Prepare("SELECT number FROM branch WHERE name = ?");
        find.Bind(0, name.Value);
        if (!find.Step())
        {
            return;
        }

        long number = find.Int64(0);
        find.Reset();
        foreach (string sql in statements)
        {
            using Statement statement = database.Prepare(sql);
            if (sql.Contains("?1", StringComparison.Ordinal))
            {
                statement.Bind(0, number);
            }

            statement.Execute();
        }
    }

    private static void Write(Statement statement, VaultJob job)
    {
        statement.Bind(0, job.Number);
        statement.Bind(1, job.IsDead ? 1L : 0L);
        statement.Bind(2, job.DueAt.UtcTicks);
        statement.Bind(3, job.Attempts);
        statement.Bind(4, job.Kind);
        statement.Bind(5, job.Argument);
        statement.Bind(6, job.Failure);
        statement.Bind(7, SmallRows.Sum(job));
        statement.Execute();
    }

    private bool Exists(CubeId cube)
    {
        _cubeExists.Bind(0, cube.Value);
        try
        {
            return _cubeExists.Step();
        }
        finally
        {
            _cubeExists.Reset();
        }
    }

    private CubeUsage FindUsage(CubeId cube)
    {
        _findUsage.Bind(0, cube.Value);
        try
        {
            return _findUsage.Step() ? SmallRows.DecodeUsage(_findUsage, database.File) : CubeUsage.None;
        }
        finally
        {
            _findUsage.Reset();
        }
    }
}
