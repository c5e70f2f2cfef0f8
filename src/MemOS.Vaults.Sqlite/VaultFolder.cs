using System.IO.Hashing;
using System.Text;

namespace MemOS.Vaults.Sqlite;

/// <summary>The files of one vault.</summary>
internal sealed class VaultFolder(string path)
{
    private const string Database = "vault.db";

    public string Path { get; } = path;

    public string DatabaseFile { get; } = System.IO.Path.Combine(path, Database);

    public string LogFile { get; } = System.IO.Path.Combine(path, "vault.db-wal");

    /// <summary>A database in the making; renamed to <see cref="DatabaseFile"/> when it is complete.</summary>
    public string NewDatabaseFile { get; } = System.IO.Path.Combine(path, "new.db");

    /// <summary>
    /// Beside the vaults, not in the folder: a vault's folder holds only what moves with it, and every file in it can be read while it is open. Its name is a
    /// hash and it is never deleted, so that it tells nothing about a deleted vault and two openers always mean the same file.
    /// </summary>
    public string LockFile { get; } = System.IO.Path.Combine(
        System.IO.Path.GetDirectoryName(System.IO.Path.GetDirectoryName(path)) ?? path,
        "locks",
        Convert.ToHexStringLower(XxHash128.Hash(Encoding.UTF8.GetBytes(System.IO.Path.GetFileName(path)))) + ".lock");

    public string SealFile { get; } = System.IO.Path.Combine(path, "vault.seal");

    /// <summary>The recall index as it was last saved; it can be removed at any time.</summary>
    public string IndexFile { get; } = System.IO.Path.Combine(path, "recall.index");

    /// <summary>A saved index in the making.</summary>
    public string NewIndexFile { get; } = System.IO.Path.Combine(path, "new.index");

    /// <summary>The id, where the folder's name was cut.</summary>
    public string NameFile { get; } = System.IO.Path.Combine(path, "vault.name");

    public string Payloads { get; } = System.IO.Path.Combine(path, "payloads");

    public bool Exists => File.Exists(DatabaseFile);

    /// <summary>Whether a folder holds a vault.</summary>
    public static bool IsVault(string path) => File.Exists(System.IO.Path.Combine(path, Database));

    /// <summary>What a vault in the making has not got yet: where there is no database, a sign that there was one. Null when there is nothing.</summary>
    public string? Remnant => File.Exists(SealFile) ? SealFile
        : File.Exists(LogFile) ? LogFile
        : File.Exists(IndexFile) ? IndexFile
        : Directory.Exists(Payloads) && Directory.EnumerateFileSystemEntries(Payloads).Any() ? Payloads
        : null;

    /// <summary>Bytes on disk of everything in the folder.</summary>
    public long MeasureBytes()
    {
        long bytes = 0;
        foreach (FileInfo file in new DirectoryInfo(Path).EnumerateFiles("*", SearchOption.AllDirectories))
        {
            try
            {
                bytes += file.Length;
            }
            catch (FileNotFoundException)
            {
                // Removed since it was listed.
            }
        }

        return bytes;
    }
}
