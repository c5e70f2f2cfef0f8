namespace MemOS.Transfer;

/// <summary>The errors of reading files, so that every reader words them alike.</summary>
internal static class TransferErrors
{
    public static MemOSException Invalid(string where, string problem, Exception? inner = null) =>
        new(ErrorCodes.InvalidInput, $"{where}: {problem}", inner);

    public static MemOSException Unreadable(string path, Exception inner) => inner switch
    {
        FileNotFoundException or DirectoryNotFoundException => new(ErrorCodes.InvalidInput, $"{path}: there is no such file. Check the path.", inner),
        _ => new(ErrorCodes.StorageFailed, $"{path}: the file cannot be read ({inner.Message}).", inner),
    };
}
