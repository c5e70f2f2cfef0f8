using Microsoft.Extensions.Logging;

namespace MemOS.Vaults.Sqlite;

/// <summary>Makes, checks and opens the files of a vault whose lock is held.</summary>
internal static class VaultOpening
{
    // A file of up to this size is checked in full after an unclean end, every row, index and link; a larger one only in its structure.
    private const long FullCheckBytes = 64L << 20;

    /// <summary>Makes the database under another name and renames it when it is complete, so that a crash leaves a vault or none.</summary>
    public static void Create(VaultId id, VaultFolder folder, TimeProvider clock)
    {
        try
        {
            foreach (string leftover in Directory.EnumerateFiles(folder.Path, System.IO.Path.GetFileName(folder.NewDatabaseFile) + "*"))
            {
                File.Delete(leftover);
            }

            using (Database database = Database.Create(folder.NewDatabaseFile))
            {
                Migrations.Run(database, clock, isNew: true, static () => { });
                Counters.Create(database);
                using Statement insert = database.Prepare("INSERT INTO meta(key, value) VALUES ('id', ?)");
                insert.Bind(0, id.Value);
                insert.Step();
            }

            File.Move(folder.NewDatabaseFile, folder.DatabaseFile);
        }
        catch (IOException error)
        {
            throw SqliteErrors.From(error, folder.DatabaseFile);
        }
        catch (UnauthorizedAccessException error)
        {
            throw SqliteErrors.From(error, folder.DatabaseFile);
        }
    }

    /// <summary>Opens the writer's connection: checks the file, runs migrations, completes what a dead process left.</summary>
    public static WriterSession OpenSession(
        VaultId id, VaultFolder folder, PayloadFiles payloads, IndexFile index, bool isTrusted, Action beforeChange, SqliteVaultOptions options, TimeProvider clock, ILogger logger)
    {
        CheckFile(folder);
        index.RemoveLeftover();
        Database database = Database.OpenWriter(folder.DatabaseFile, options);
        try
        {
            Migrations.Run(database, clock, isNew: false, beforeChange);
            string? stored = database.Run("SELECT value FROM meta WHERE key = 'id'");
            if (stored != id.Value)
            {
                throw SqliteErrors.Corrupted(folder.DatabaseFile, $"it holds the vault '{stored}' and not '{id}'");
            }

            if (!isTrusted)
            {
                CheckStructure(id, database, folder, logger);
            }

            var session = new WriterSession(database, folder, payloads, index, options);
            if (ForgettingProof.IsPending(database))
            {
                beforeChange();
                session.Proof.RunWithoutContent();
            }

            payloads.EraseAllBut(ForgettingProof.UsedPayloads(database));
            return session;
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    // A file that is too short would be read as zeros or not at all; SQLite itself sees some of this only when it gets there.
    private static void CheckFile(VaultFolder folder)
    {
        Span<byte> header = stackalloc byte[100];
        try
        {
            using var file = new FileStream(folder.DatabaseFile, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
            if (file.ReadAtLeast(header, header.Length, throwOnEndOfStream: false) < header.Length || !header.StartsWith("SQLite format 3\0"u8))
            {
                throw SqliteErrors.Corrupted(folder.DatabaseFile, "it is not an SQLite file");
            }

            long pageSize = (header[16] << 8) | header[17];
            long pages = (uint)((header[28] << 24) | (header[29] << 16) | (header[30] << 8) | header[31]);
            bool logIsEmpty = !File.Exists(folder.LogFile) || new FileInfo(folder.LogFile).Length == 0;
            if (logIsEmpty && file.Length < pages * (pageSize == 1 ? 65536 : pageSize))
            {
                throw SqliteErrors.Corrupted(folder.DatabaseFile, $"it is cut off: it has {file.Length} bytes of {pages * pageSize}");
            }
        }
        catch (IOException error)
        {
            throw SqliteErrors.From(error, folder.DatabaseFile);
        }
        catch (UnauthorizedAccessException error)
        {
            throw SqliteErrors.From(error, folder.DatabaseFile);
        }
    }

    private static void CheckStructure(VaultId id, Database database, VaultFolder folder, ILogger logger)
    {
        VaultLog.NotSealed(logger, id);
        bool full = new FileInfo(folder.DatabaseFile).Length <= FullCheckBytes;
        string? finding = full ? string.Join("; ", new VaultVerification(database, payloads: null).Run().Take(3)) : database.Run("PRAGMA quick_check(1)");
        if (finding is not (null or "" or "ok"))
        {
            throw SqliteErrors.Corrupted(folder.DatabaseFile, finding);
        }
    }
}
