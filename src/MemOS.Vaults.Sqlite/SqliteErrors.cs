using SQLitePCL;

namespace MemOS.Vaults.Sqlite;

/// <summary>The one place where errors of SQLite and of the file system become typed errors.</summary>
internal static class SqliteErrors
{
    public static MemOSException FromCode(int code, string? message, string file, Exception? inner = null) => (code & 0xff) switch
    {
        raw.SQLITE_FULL => DiskFull(file, inner),
        raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB => Corrupted(file, message, inner),
        raw.SQLITE_BUSY or raw.SQLITE_LOCKED => new MemOSException(
            ErrorCodes.VaultInUse, $"'{file}' is locked by another program ({message}). Close it and try again.", inner)
        { IsTransient = true },
        _ => new MemOSException(
            ErrorCodes.StorageFailed, $"Reading or writing '{file}' failed: {message} (SQLite {code}). Check the disk and its permissions, then try again.", inner)
        {
            IsTransient = true,
        },
    };

    public static MemOSException From(IOException error, string file) => IsDiskFull(error)
        ? DiskFull(file, error)
        : new MemOSException(ErrorCodes.StorageFailed, $"Reading or writing '{file}' failed: {error.Message}", error) { IsTransient = true };

    public static MemOSException From(UnauthorizedAccessException error, string file) =>
        new(ErrorCodes.StorageFailed, $"No permission to use '{file}': {error.Message}", error) { IsTransient = true };

    public static MemOSException Corrupted(string file, string? what, Exception? inner = null) =>
        new(ErrorCodes.Corrupted, $"'{file}' is damaged: {what}. Restore it from a backup; it was left as it is.", inner);

    private static MemOSException DiskFull(string file, Exception? inner) =>
        new(ErrorCodes.DiskFull, $"No space is left to write '{file}'. Free disk space and try again; nothing was written.", inner) { IsTransient = true };

    // ERROR_DISK_FULL and ERROR_HANDLE_DISK_FULL; elsewhere the number of the error itself: ENOSPC, and EDQUOT of Linux or macOS.
    public static bool IsDiskFull(IOException error) => OperatingSystem.IsWindows()
        ? (error.HResult & 0xffff) is 112 or 39
        : (error.HResult & 0xffff) == 28 || (error.HResult & 0xffff) == (OperatingSystem.IsMacOS() ? 69 : 122);
}
