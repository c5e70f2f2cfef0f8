using System.Globalization;
using MemOS.Cubes;
using MemOS.Governance;
using MemOS.Scheduler;

namespace MemOS.Vaults.Sqlite;

/// <summary>The columns, checksums and decoding of audit entries, jobs, branches, usage, and what the vault says of its own about KV states.</summary>
internal static class SmallRows
{
    public const string AuditColumns = "sequence, at, version, cube, caller, operation, detail, sum";

    public const string JobColumns = "number, dead, due, attempts, kind, argument, failure, sum";

    public const string BranchColumns = "number, name, base, created, sum";

    public const string UsageColumns = "cube, uses, last, heat, sum";

    public const string FindPolicy = "SELECT value FROM meta WHERE key = 'state_policy'";

    private const int SumCharacters = 16;

    /// <summary>The policy with its checksum before it: what is noted beside the vault has no column for one.</summary>
    public static string EncodePolicy(string policy) => PolicySum(policy) + policy;

    public static string DecodePolicy(Statement row, string file) =>
        row.Text(0) is { Length: > SumCharacters } noted && noted[SumCharacters..] is var policy && noted.StartsWith(PolicySum(policy), StringComparison.Ordinal) ? policy
        : throw SqliteErrors.Corrupted(file, "the policy of KV states does not match its checksum");

    public static AuditEntry DecodeAudit(Statement row, string file)
    {
        var entry = new AuditEntry(
            row.Int64(0),
            Decode(row.Int64(1), file),
            row.Text(4),
            row.Text(5),
            row.IsNull(3) ? default : new CubeId(row.Guid(3)),
            row.Int32(2),
            row.NullableText(6));
        return Checked(entry, Sum(entry), row.Int64(7), file, "an entry of the audit log");
    }

    public static VaultJob DecodeJob(Statement row, string file)
    {
        var job = new VaultJob(
            row.Int64(0), row.Text(4), row.Text(5), row.Int32(3), Decode(row.Int64(2), file), row.NullableText(6), row.Int64(1) != 0);
        return Checked(job, Sum(job), row.Int64(7), file, "a job");
    }

    public static (long Number, Branch Branch) DecodeBranch(Statement row, string file)
    {
        try
        {
            var branch = new Branch(new BranchName(row.Text(1)), row.Int64(2), Ticks.Decode(row.Int64(3)));
            return Checked((row.Int64(0), branch), Sum(row.Int64(0), branch), row.Int64(4), file, "a branch");
        }
        catch (ArgumentException error)
        {
            throw SqliteErrors.Corrupted(file, "a branch cannot be read", error);
        }
    }

    public static CubeUsage DecodeUsage(Statement row, string file)
    {
        var usage = new CubeUsage(row.Int64(1), Decode(row.Int64(2), file), row.Double(3));
        return Checked(usage, Sum(new CubeId(row.Guid(0)), usage), row.Int64(4), file, "the usage of a cube");
    }

    private static string PolicySum(string policy)
    {
        var sum = new RowSum(0);
        sum.Add(policy);
        return sum.Value.ToString("x16", CultureInfo.InvariantCulture);
    }

    public static long Sum(AuditEntry entry)
    {
        var sum = new RowSum(entry.Sequence);
        sum.Add(entry.At.UtcTicks);
        sum.Add(entry.Version);
        Add(ref sum, entry.Cube);
        sum.Add(entry.Caller);
        sum.Add(entry.Operation);
        sum.Add(entry.Detail);
        return sum.Value;
    }

    public static long Sum(VaultJob job)
    {
        var sum = new RowSum(job.Number);
        sum.Add(job.IsDead ? 1L : 0L);
        sum.Add(job.DueAt.UtcTicks);
        sum.Add(job.Attempts);
        sum.Add(job.Kind);
        sum.Add(job.Argument);
        sum.Add(job.Failure);
        return sum.Value;
    }

    public static long Sum(long number, Branch branch)
    {
        var sum = new RowSum(number);
        sum.Add(branch.Name.Value);
        sum.Add(branch.BaseSequence);
        sum.Add(branch.CreatedAt.UtcTicks);
        return sum.Value;
    }

    public static long Sum(CubeId cube, CubeUsage usage)
    {
        var sum = new RowSum(usage.Uses);
        Add(ref sum, cube);
        sum.Add(usage.LastUsed?.UtcTicks);
        sum.Add(usage.Heat);
        return sum.Value;
    }

    private static void Add(ref RowSum sum, CubeId cube)
    {
        Span<byte> bytes = stackalloc byte[16];
        cube.Value.TryWriteBytes(bytes, bigEndian: true, out _);
        sum.Add(bytes);
    }

    private static T Checked<T>(T value, long sum, long stored, string file, string what) =>
        sum == stored ? value : throw SqliteErrors.Corrupted(file, $"{what} does not have its checksum");

    private static DateTimeOffset Decode(long ticks, string file) => ticks >= 0 && ticks <= DateTimeOffset.MaxValue.UtcTicks
        ? Ticks.Decode(ticks)
        : throw SqliteErrors.Corrupted(file, "a row holds an impossible time");
}
