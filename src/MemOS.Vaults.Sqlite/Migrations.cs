using System.Reflection;
using System.Security.Cryptography;
using System.Text;

namespace MemOS.Vaults.Sqlite;

/// <summary>Brings a database file to this release's format: numbered SQL scripts inside this assembly, with a step in code where SQL cannot do it; forward only, one transaction each.</summary>
internal static class Migrations
{
    /// <summary>Marks the file as a vault; "MEMV".</summary>
    public const long ApplicationId = 0x4D454D56;

    // Written down, so that an opening need not load a library of ciphers; a test compares them.
    private static readonly Dictionary<string, string> s_hashes = new()
    {
        ["0001-vault.sql"] = "bf6b2651dd3aa9e189ccb555c2a3fbfa67234e0d9eae66beaa31936cfe1abad9",
        ["0002-texts-in-order.sql"] = "18068e2cf65259145c71e513a396735a57a02b1efcd3b5b5362a06c246ac7f9a",
        ["0003-text-hashes.sql"] = "8658b6a4de71212f5aa4c63fa5d93b40636c3b5f6352f2d81928a05a3a017cd9",
    };

    // What a script cannot do, after it and in the same transaction.
    private static readonly Dictionary<int, Action<Database>> s_steps = new() { [3] = TextHashes.Renew };

    private static readonly (int Number, string Name, string Sql, string Hash)[] s_scripts = Load();

    /// <summary>The scripts with the hashes that are noted with them.</summary>
    public static IEnumerable<(string Sql, string Hash)> Scripts => s_scripts.Select(script => (script.Sql, script.Hash));

    /// <summary>The format that this release writes.</summary>
    public static int Format => s_scripts[^1].Number;

    /// <summary>Checks that the file is a vault of a known format, and runs what it lacks.</summary>
    /// <param name="database">The file.</param>
    /// <param name="clock">When it is changed.</param>
    /// <param name="isNew">Whether it is still empty.</param>
    /// <param name="beforeChange">Called before the file is changed, and only then.</param>
    /// <exception cref="MemOSException"><see cref="ErrorCodes.Corrupted"/>, <see cref="ErrorCodes.FormatTooNew"/>.</exception>
    public static void Run(Database database, TimeProvider clock, bool isNew, Action beforeChange)
    {
        if (!isNew && database.RunInt64("PRAGMA application_id") != ApplicationId)
        {
            throw SqliteErrors.Corrupted(database.File, "it is an SQLite file, but not a vault");
        }

        long format = database.RunInt64("PRAGMA user_version");
        if (format > Format)
        {
            throw new MemOSException(
                ErrorCodes.FormatTooNew,
                $"'{database.File}' has format {format}; this release reads formats up to {Format}. Use the release that wrote it, or a newer one.");
        }

        if (!isNew)
        {
            CheckHashes(database, format);
        }

        if (format < Format)
        {
            beforeChange();
        }

        foreach ((int number, string name, string sql, string hash) in s_scripts)
        {
            if (number > format)
            {
                Apply(database, number, name, sql, hash, clock);
            }
        }
    }

    /// <summary>The hash of a script.</summary>
    public static string HashOf(string sql) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(sql)));

    private static void Apply(Database database, int number, string name, string sql, string hash, TimeProvider clock)
    {
        database.Run("BEGIN IMMEDIATE");
        try
        {
            database.Run("CREATE TABLE IF NOT EXISTS migration(number INTEGER PRIMARY KEY, name TEXT NOT NULL, hash TEXT NOT NULL, at INTEGER NOT NULL)");
            database.RunScript(sql);
            s_steps.GetValueOrDefault(number)?.Invoke(database);
            using (Statement insert = database.Prepare("INSERT INTO migration(number, name, hash, at) VALUES (?, ?, ?, ?)"))
            {
                insert.Bind(0, number);
                insert.Bind(1, name);
                insert.Bind(2, hash);
                insert.Bind(3, clock.GetUtcNow().UtcTicks);
                insert.Step();
            }

            database.Run($"PRAGMA application_id = {ApplicationId}");
            database.Run($"PRAGMA user_version = {number}");
            database.Run("COMMIT");
        }
        catch
        {
            database.Rollback();
            throw;
        }
    }

    private static void CheckHashes(Database database, long format)
    {
        using Statement rows = database.Prepare("SELECT number, hash FROM migration ORDER BY number");
        int count = 0;
        while (rows.Step())
        {
            long number = rows.Int64(0);
            string hash = rows.Text(1);
            if (!s_scripts.Any(script => script.Number == number && script.Hash == hash))
            {
                throw SqliteErrors.Corrupted(database.File, $"its migration {number} is not the one that this release knows");
            }

            count++;
        }

        if (count != format)
        {
            throw SqliteErrors.Corrupted(database.File, $"it has format {format} but {count} migrations");
        }
    }

    private static (int, string, string, string)[] Load()
    {
        Assembly assembly = typeof(Migrations).Assembly;
        return
        [
            .. assembly.GetManifestResourceNames().Where(name => name.EndsWith(".sql", StringComparison.Ordinal)).Order(StringComparer.Ordinal).Select(name =>
            {
                using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!, Encoding.UTF8); // the name was just listed
                string sql = reader.ReadToEnd().ReplaceLineEndings("\n");
                return (int.Parse(name.AsSpan(0, 4)), name, sql, s_hashes.GetValueOrDefault(name) ?? HashOf(sql));
            }),
        ];
    }
}
