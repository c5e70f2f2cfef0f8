using System.Collections;
using System.Diagnostics;
using MemOS.Cubes;

namespace MemOS.Vaults.Sqlite;

/// <summary>
/// After the commit that erased rows: empties the log, removes payload files and the saved index, and searches the bytes of every file of the vault for what was erased.
/// Copies that page splits left in unused space are removed by rebuilding the file.
/// </summary>
/// <remarks>Space that the file system has taken back, for example from the emptied log, and older copies on a flash drive are out of reach.</remarks>
internal sealed class ForgettingProof(Database database, VaultFolder folder, PayloadFiles payloads, IndexFile index, SqliteVaultOptions options)
{
    // More content than this is not looked for piece by piece: the file is rebuilt at once, and the first so many bytes are looked for.
    private const int MostContent = 16 << 20;

    private static readonly string[] s_contentQueries =
    [
        "SELECT id, speaker, text, more FROM message",
        "SELECT name FROM conversation",
        "SELECT fact_key, header, text FROM version",
        "SELECT value FROM vector",
        "SELECT caller, operation, detail FROM audit",
        "SELECT kind, argument, failure FROM job",
        "SELECT name FROM branch",
        "SELECT name FROM space",
        "SELECT value FROM meta",
        "SELECT sql FROM sqlite_schema",
    ];

    /// <summary>Notes in the same transaction that a proof is owed, so that a vault whose process dies before it gives it at its next opening.</summary>
    public static void MarkPending(Database database)
    {
        database.Run("INSERT OR REPLACE INTO meta(key, value) VALUES ('forgetting', 'pending')");
        database.Run("INSERT INTO meta(key, value) VALUES ('forgettings', '1') ON CONFLICT(key) DO UPDATE SET value = CAST(value AS INTEGER) + 1");
    }

    public static bool IsPending(Database database) => database.Run("SELECT value FROM meta WHERE key = 'forgetting'") is not null;

    /// <summary>Gives the proof for what was just erased.</summary>
    /// <exception cref="MemOSException"><see cref="ErrorCodes.ForgettingIncomplete"/>: it stays owed, and is tried again at the next forgetting or opening.</exception>
    public void Run(ForgottenContent content)
    {
        index.Drop();
        ErasePayloads(content.Payloads);
        bool rebuilt = content.Search.Length > MostContent;
        if (rebuilt)
        {
            Rebuild();
        }

        EmptyLog();
        if (HasResidue(content.Search))
        {
            if (!rebuilt)
            {
                Rebuild();
                EmptyLog();
            }

            if (rebuilt || HasResidue(content.Search))
            {
                throw Incomplete("bytes of it are still in the folder after the file was rebuilt");
            }
        }

        Settle();
    }

    /// <summary>Completes a forgetting that a dead process left: what was erased is no longer known, so the file is rebuilt from what survives.</summary>
    public void RunWithoutContent()
    {
        index.Drop();
        Rebuild();
        EmptyLog();
        Settle();
    }

    /// <summary>The payloads that versions refer to.</summary>
    public static HashSet<ContentHash> UsedPayloads(Database database)
    {
        var used = new HashSet<ContentHash>();
        using Statement rows = database.Prepare("SELECT DISTINCT payload FROM version WHERE payload IS NOT NULL");
        while (rows.Step())
        {
            if (rows.Bytes(0) is { Length: 32 } digest)
            {
                used.Add(ContentHash.FromDigest(digest));
            }
        }

        return used;
    }

    private void ErasePayloads(HashSet<ContentHash> forgotten)
    {
        if (forgotten.Count == 0)
        {
            return;
        }

        HashSet<ContentHash> used = UsedPayloads(database);
        foreach (ContentHash hash in forgotten.Where(hash => !used.Contains(hash)))
        {
            payloads.Erase(hash);
        }
    }

    private void Rebuild() => database.Run("VACUUM");

    private void EmptyLog()
    {
        long begin = Stopwatch.GetTimestamp();
        while (!database.TruncateLog())
        {
            if (Stopwatch.GetElapsedTime(begin) > options.ForgettingTimeout)
            {
                throw Incomplete("a reader has held an older snapshot for too long");
            }
        }
    }

    private void Settle() => database.Run("DELETE FROM meta WHERE key = 'forgetting'");

    private bool HasResidue(ResidueSearch search)
    {
        var found = new BitArray(search.Length);
        foreach (string path in FilesThatMayHoldRows())
        {
            search.MarkFile(path, found);
        }

        if (!found.HasAnySet())
        {
            return false;
        }

        var surviving = new BitArray(search.Length);
        foreach (string sql in s_contentQueries)
        {
            MarkSurviving(search, sql, surviving);
        }

        return found.And(surviving.Not()).HasAnySet();
    }

    private void MarkSurviving(ResidueSearch search, string sql, BitArray surviving)
    {
        using Statement rows = database.Prepare(sql);
        int columns = rows.ColumnCount;
        while (rows.Step())
        {
            for (int column = 0; column < columns; column++)
            {
                search.Mark(rows.Bytes(column), surviving);
            }
        }
    }

    // Payload files hold no rows: the erased ones are gone, and the others belong to versions that stay.
    private IEnumerable<string> FilesThatMayHoldRows() =>
        Directory.EnumerateFiles(folder.Path, "*", SearchOption.TopDirectoryOnly);

    private MemOSException Incomplete(string why) => new(
        ErrorCodes.ForgettingIncomplete,
        $"The rows are erased, but '{folder.Path}' could not be shown to be free of their content: {why}. Opening the vault again completes it.")
    {
        IsTransient = true,
    };
}
